using System.ComponentModel.DataAnnotations;

namespace Tutor.Runtime.Courses;

/// <summary>Section <c>Courses</c> of the settings.</summary>
public sealed class CourseOptions
{
    /// <summary>Folder of the course packs, relative to the content root.</summary>
    [Required]
    public string Path { get; set; } = "courses";

    /// <summary>Whether the demo people of the packs become persons. Set by the development sign-in, never by a setting of an operator.</summary>
    public bool DemoPeople { get; set; }
}
