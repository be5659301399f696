using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Access;

/// <summary>Everyone the matrix tries: people of the course whose rows are wanted, and people who have nothing to do with it.</summary>
internal static class Who
{
    public static readonly Viewer Nobody = new("");
    public static readonly Viewer Outsider = new("olaf-outside");
    public static readonly Viewer Author = new("sam-student");
    public static readonly Viewer Classmate = new("sue-student");
    public static readonly Viewer Ta = new("tom-ta");
    public static readonly Viewer Instructor = new("ines-instructor");
    public static readonly Viewer Contact = new("wim-welfare");
    public static readonly Viewer ForeignStudent = new("fay-student");
    public static readonly Viewer ForeignTa = new("fred-ta");
    public static readonly Viewer ForeignInstructor = new("finn-instructor");
    public static readonly Viewer ForeignContact = new("flo-welfare");

    /// <summary>Nobody of these may read or change anything of the course, by any method.</summary>
    public static IReadOnlyList<Viewer> Foreign { get; } = [Nobody, Outsider, ForeignStudent, ForeignTa, ForeignInstructor, ForeignContact];

    public static IReadOnlyList<Viewer> Members { get; } = [Author, Classmate, Ta, Instructor, Contact];

    public static IReadOnlyList<Viewer> Staff { get; } = [Ta, Instructor];

    public static IReadOnlyList<Viewer> AuthorAndStaff { get; } = [Author, Ta, Instructor];

    public static IReadOnlyList<Viewer> All { get; } = [.. Foreign, .. Members];
}
