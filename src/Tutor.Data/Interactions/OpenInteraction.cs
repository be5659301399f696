namespace Tutor.Data.Interactions;

/// <summary>A row that still waits for its answer, as admission sees it.</summary>
public sealed record OpenInteraction
{
    public required string Id { get; init; }
    public required string CourseId { get; init; }
    public required string StudentId { get; init; }
    public required string State { get; init; }
    public int Attempt { get; init; }

    /// <summary>Which of the student's hints of that day in that course this is, from 1: a first hint goes before a fifth.</summary>
    public int Priority { get; init; }
    public string? Owner { get; init; }
    public long LeaseUntil { get; init; }
    public long AskedAt { get; init; }
}
