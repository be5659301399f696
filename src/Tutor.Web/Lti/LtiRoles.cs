using Tutor.Core.People;

namespace Tutor.Web.Lti;

/// <summary>What a platform's roles in a course are here. Roles in the institution or the system give nothing.</summary>
public static class LtiRoles
{
    private const string Membership = "http://purl.imsglobal.org/vocab/lis/v2/membership";
    private const string Older = "urn:lti:role:ims/lis/";

    // Parents and others who look on: Canvas calls its observers Mentor, and says Observer of them in the institution.
    private static readonly string[] onlookers = ["Mentor", "Observer"];

    /// <returns>Who has no role known here is a student, the lowest right there is. Null for who only looks on at somebody else's learning.</returns>
    public static string? Of(IReadOnlyCollection<string> roles)
    {
        // Platforms name a TA an instructor too, so the narrower one decides.
        if (roles.Any(role => role is Membership + "/Instructor#TeachingAssistant" || Is(role, "TeachingAssistant")))
            return Role.Ta;
        if (roles.Any(role => Is(role, "Instructor")))
            return Role.Instructor;
        return roles.Any(role => Is(role, "Learner") || role.StartsWith(Membership + "/Learner#", StringComparison.Ordinal)) || !roles.Any(IsOnlooker)
            ? Role.Student : null;
    }

    private static bool Is(string role, string name) => role == $"{Membership}#{name}" || role == name || role == Older + name;

    // Whatever the vocabulary, for nothing is lost by it: "…/membership#Mentor", "…/membership/Mentor#Tutor", "…/institution/person#Observer".
    private static bool IsOnlooker(string role) => role.Split('#', '/', ':').Any(part => onlookers.Contains(part, StringComparer.OrdinalIgnoreCase));
}
