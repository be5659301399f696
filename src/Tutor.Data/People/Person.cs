namespace Tutor.Data.People;

public record Person
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }

    /// <summary>Came from a course pack for the development sign-in; never a real person.</summary>
    public bool Demo { get; init; }
    public long CreatedAt { get; init; }
}

/// <summary>A course a person belongs to, with their role in it.</summary>
public sealed record CourseMembership
{
    public required string PersonId { get; init; }
    public required string CourseId { get; init; }
    public required string CourseName { get; init; }
    public required string Term { get; init; }
    public required string Role { get; init; }

    /// <summary>Null until a version is published; students cannot open the course before.</summary>
    public string? PublishedVersionId { get; init; }
}

/// <summary>A member of a course as its staff see the list.</summary>
public sealed record Member
{
    public required string PersonId { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
}
