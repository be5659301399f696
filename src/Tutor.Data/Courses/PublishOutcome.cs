namespace Tutor.Data.Courses;

/// <summary>How an attempt to publish ended.</summary>
public enum PublishResult
{
    Published,

    /// <summary>What was to be published is what students work with already.</summary>
    NothingChanged,

    /// <summary>Another version was published meanwhile; nothing was written.</summary>
    Overtaken,

    /// <summary>There is no such course or version for this person to publish.</summary>
    NotAllowed,
}

/// <param name="Before">The version that was published when the attempt was made.</param>
public sealed record PublishOutcome(PublishResult Result, PublishedVersion? Before);

/// <summary>The version students work with, and who put it there.</summary>
public sealed record PublishedVersion
{
    public string Id { get; init; } = "";
    public int Number { get; init; }
    public string Note { get; init; } = "";
    public long? PublishedAt { get; init; }

    /// <summary>Null when the course's files were imported.</summary>
    public string? PublishedBy { get; init; }
    internal string Hash { get; init; } = "";
}
