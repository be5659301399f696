namespace Tutor.Core.Courses;

/// <summary>An immutable published (or once published) state of a course.</summary>
public sealed record CourseVersion
{
    public required string Id { get; init; }
    public required string CourseId { get; init; }

    /// <summary>Counts up from 1 within the course.</summary>
    public required int Number { get; init; }

    /// <summary>SHA-256 of the canonical JSON of <see cref="Pack"/>; importing the same pack again makes no new version.</summary>
    public required string Hash { get; init; }

    /// <summary>What changed, in the author's words.</summary>
    public string Note { get; init; } = "";
    public string? AuthorId { get; init; }
    public required long CreatedAt { get; init; }
    public required CoursePack Pack { get; init; }
}
