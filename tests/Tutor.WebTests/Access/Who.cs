using Tutor.Core.People;

namespace Tutor.WebTests.Access;

/// <summary>Everyone the endpoints are tried as: in the course that is wanted, in another one, or in none.</summary>
internal sealed record Who(string Id, string? Course, string? Role)
{
    public const string Wanted = "wanted-course";
    public const string Elsewhere = "other-course";

    /// <summary>Not signed in.</summary>
    public static readonly Who Nobody = new("", null, null);
    public static readonly Who Outsider = new("olaf-outside", null, null);
    public static readonly Who Author = new("anna-student", Wanted, Tutor.Core.People.Role.Student);
    public static readonly Who Classmate = new("carl-student", Wanted, Tutor.Core.People.Role.Student);
    public static readonly Who Ta = new("tilda-ta", Wanted, Tutor.Core.People.Role.Ta);
    public static readonly Who Instructor = new("ivan-instructor", Wanted, Tutor.Core.People.Role.Instructor);
    public static readonly Who Contact = new("wim-welfare", Wanted, Tutor.Core.People.Role.Welfare);

    public static IReadOnlyList<Who> Members { get; } = [Author, Classmate, Ta, Instructor, Contact];

    public static IReadOnlyList<Who> Staff { get; } = [Ta, Instructor];

    public static IReadOnlyList<Who> Foreign { get; } =
    [
        Outsider, new("fay-student", Elsewhere, Tutor.Core.People.Role.Student), new("fred-ta", Elsewhere, Tutor.Core.People.Role.Ta),
        new("finn-instructor", Elsewhere, Tutor.Core.People.Role.Instructor), new("flo-welfare", Elsewhere, Tutor.Core.People.Role.Welfare),
    ];

    public static IReadOnlyList<Who> SignedIn { get; } = [.. Foreign, .. Members];

    public static IReadOnlyList<Who> Everyone { get; } = [Nobody, .. SignedIn];
}
