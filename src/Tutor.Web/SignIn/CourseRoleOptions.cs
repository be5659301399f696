using System.ComponentModel.DataAnnotations;
using Tutor.Core.People;

namespace Tutor.Web.SignIn;

/// <summary>Section <c>SignIn</c> of the settings: which app roles and groups of Entra ID give a place in which course.</summary>
public sealed class CourseRoleOptions : IValidatableObject
{
    public const string Section = "SignIn";

    /// <summary>In order: the first that fits a person decides about a course.</summary>
    public IList<CourseRoleRule> CourseRoles { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < CourseRoles.Count; i++)
            if (CourseRoles[i].Problem is { } problem)
                yield return new ValidationResult($"{Section}:CourseRoles:{i}: {problem}");
    }
}

/// <summary>An app role or a group of Entra ID, and what it makes of its people in one course.</summary>
public sealed class CourseRoleRule
{
    /// <summary>Value of an app role of Tutor's app registration, as in the claim <c>roles</c>.</summary>
    public string AppRole { get; init; } = "";

    /// <summary>Object id of a group, as in the claim <c>groups</c>. Entra leaves groups out for people in more than 200; app roles have no such limit.</summary>
    public string Group { get; init; } = "";

    public string Course { get; init; } = "";

    /// <summary>student, ta, instructor or welfare.</summary>
    public string Role { get; init; } = Core.People.Role.Student;

    /// <summary>The section of the course that all of them belong to; empty for none.</summary>
    public string Section { get; init; } = "";

    internal string? Problem =>
        AppRole.Length == 0 == (Group.Length == 0) ? "Name an AppRole or a Group, not both and not neither."
        : Course.Length == 0 ? "Course is missing: the name of the course's folder."
        : Role is not (Core.People.Role.Student or Core.People.Role.Ta or Core.People.Role.Instructor or Core.People.Role.Welfare)
            ? $"\"{Role}\" is no role; student, ta, instructor and welfare are."
        : null;
}
