namespace Tutor.Data.Limits;

/// <summary>One student's hints of today.</summary>
public sealed record StudentUse
{
    public required string StudentId { get; init; }
    public required string Name { get; init; }
    public int Used { get; init; }

    /// <summary>Given by an instructor beyond the course's own number.</summary>
    public int Extra { get; init; }
}
