using Tutor.Core.People;

namespace Tutor.Web.People;

public static class MemberWords
{
    public static string Source(string source) => source switch
    {
        MembershipSource.List => "Class list",
        MembershipSource.Entra => "Entra ID",
        MembershipSource.Lti => "Learning platform",
        _ => "Set up by hand",
    };

    /// <summary>"TA", or "TA in section B".</summary>
    public static string Place(string role, string section) => section.Length == 0 ? Ui.RoleName.Of(role) : $"{Ui.RoleName.Of(role)} in section {section}";
}
