namespace Tutor.Data.Courses;

/// <summary>Where a course version came from.</summary>
public static class VersionSource
{
    /// <summary>The files under <c>courses/</c>, exactly.</summary>
    public const string Pack = "pack";

    /// <summary>Newer files with what staff had changed in the portal and the files had not.</summary>
    public const string Merged = "merged";

    /// <summary>Edited in the portal.</summary>
    public const string Portal = "portal";
}

/// <summary>A version in the list; its pack is loaded only when it is opened.</summary>
public sealed record CourseVersionSummary
{
    public required string Id { get; init; }
    public required string CourseId { get; init; }
    public required int Number { get; init; }

    /// <summary>One of <see cref="VersionSource"/>.</summary>
    public required string Source { get; init; }
    public required string Note { get; init; }
    public string? AuthorId { get; init; }
    public string? AuthorName { get; init; }
    public required long CreatedAt { get; init; }

    /// <summary>The version students work with now.</summary>
    public bool Published { get; init; }

    /// <summary>When it was last published; null when it never was.</summary>
    public long? PublishedAt { get; init; }

    /// <summary>Who published it last; null when it never was, or when the course's files were taken in.</summary>
    public string? PublishedByName { get; init; }
}
