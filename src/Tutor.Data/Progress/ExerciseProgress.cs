namespace Tutor.Data.Progress;

/// <summary>Where a student stands on one exercise.</summary>
public sealed record ExerciseProgress
{
    public required string ExerciseId { get; init; }

    /// <summary>Hints asked for, of any kind.</summary>
    public int Asked { get; init; }
    public long? AskedAt { get; init; }

    /// <summary>Tests passed at the last run, by the student or for a hint; null when nothing was ever run.</summary>
    public int? Passed { get; init; }
    public int? Total { get; init; }

    /// <summary>When the work first passed every test and broke no rule.</summary>
    public long? SolvedAt { get; init; }

    public bool Solved => SolvedAt is not null;
}
