namespace Tutor.Core.People;

/// <summary>Roles of a membership, as stored.</summary>
public static class Role
{
    public const string Student = "student";
    public const string Ta = "ta";
    public const string Instructor = "instructor";

    public static bool IsStaff(string? role) => role is Ta or Instructor;
}
