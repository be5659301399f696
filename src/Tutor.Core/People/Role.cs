namespace Tutor.Core.People;

/// <summary>Roles of a membership, as stored.</summary>
public static class Role
{
    public const string Student = "student";
    public const string Ta = "ta";
    public const string Instructor = "instructor";

    /// <summary>Reads messages of distress and nothing else of a course. Never the role of someone who teaches in it.</summary>
    public const string Welfare = "welfare";

    public static bool IsStaff(string? role) => role is Ta or Instructor;
}
