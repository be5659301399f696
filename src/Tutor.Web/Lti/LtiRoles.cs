using Tutor.Core.People;

namespace Tutor.Web.Lti;

/// <summary>What a platform's roles in a course are here. Roles in the institution or the system give nothing.</summary>
public static class LtiRoles
{
    private const string Membership = "http://purl.imsglobal.org/vocab/lis/v2/membership";

    /// <returns>Who has no role known here is a student, the lowest right there is.</returns>
    public static string Of(IReadOnlyCollection<string> roles)
    {
        // Platforms name a TA an instructor too, so the narrower one decides.
        if (roles.Any(role => role is Membership + "/Instructor#TeachingAssistant" or Membership + "#TeachingAssistant" or "TeachingAssistant"))
            return Role.Ta;
        return roles.Any(role => role is Membership + "#Instructor" or "Instructor") ? Role.Instructor : Role.Student;
    }
}
