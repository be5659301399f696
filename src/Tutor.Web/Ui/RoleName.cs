using Tutor.Core.People;

namespace Tutor.Web.Ui;

public static class RoleName
{
    public static string Of(string role) => role switch
    {
        Role.Student => "Student",
        Role.Ta => "TA",
        Role.Instructor => "Instructor",
        Role.Welfare => "Welfare contact",
        _ => role,
    };
}
