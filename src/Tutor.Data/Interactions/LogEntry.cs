using Tutor.Data.Privacy;

namespace Tutor.Data.Interactions;

/// <summary>One row of the staff's list.</summary>
public sealed record LogEntry
{
    public string Id { get; init; } = "";
    public string ExerciseId { get; init; } = "";
    public StudentName Student { get; init; } = new("", "", false);
    public string Kind { get; init; } = "";

    /// <summary>Cut to what a list shows.</summary>
    public string Question { get; init; } = "";
    public string State { get; init; } = "";
    public long AskedAt { get; init; }
    public long? FinishedAt { get; init; }
    public int RequestedLevel { get; init; }
    public int? Level { get; init; }
    public string? Writer { get; init; }
    public string? FirstFailingTest { get; init; }
    public string? GuardAction { get; init; }
    public int? Rating { get; init; }
    public bool Flagged { get; init; }
    public bool Escalated { get; init; }

    /// <summary>Tried by staff, and in no figure about students.</summary>
    public bool ByStaff { get; init; }
    public long? ReviewedAt { get; init; }
    internal string StudentId { get; init; } = "";
}

/// <summary>What a filtered list holds on all its pages together.</summary>
public sealed record LogTotals
{
    public int Requests { get; init; }

    /// <summary>How many asked.</summary>
    public int People { get; init; }
    public long Tokens { get; init; }
    public long CostMicro { get; init; }
}

/// <summary>A page of the list, newest first.</summary>
/// <param name="Newer">Id to page back from; null on the newest page.</param>
/// <param name="Older">Id to page on from; null on the last page.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Rows, string? Newer, string? Older);
