using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Data.Escalations;
using Tutor.Data.Flags;
using Tutor.Data.Privacy;

namespace Tutor.Data.Interactions;

/// <summary>Everything the ledger holds about one interaction, for staff.</summary>
public sealed record InteractionDetail
{
    public string Id { get; init; } = "";
    public string CourseId { get; init; } = "";
    public string CourseVersionId { get; init; } = "";
    public int CourseVersionNumber { get; init; }
    public string ExerciseId { get; init; } = "";
    public StudentName Student { get; init; } = new("", "", false);
    public string SubmissionId { get; init; } = "";
    public string? FileName { get; init; }
    public string Work { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Question { get; init; } = "";
    public int RequestedLevel { get; init; }
    public string State { get; init; } = "";
    public int Attempt { get; init; }
    public long AskedAt { get; init; }
    public long? StartedAt { get; init; }
    public long? FinishedAt { get; init; }
    public int? Level { get; init; }
    public string? Answer { get; init; }
    public string? Writer { get; init; }
    public string? WriterReason { get; init; }
    public string? MisconceptionId { get; init; }
    public string? GuardAction { get; init; }
    public string? Error { get; init; }
    public string? Model { get; init; }
    public string? Host { get; init; }
    public string? Adapter { get; init; }
    public long? Seed { get; init; }
    public int InputTokens { get; init; }
    public int CachedTokens { get; init; }
    public int OutputTokens { get; init; }
    public long CostMicro { get; init; }
    public string? TraceId { get; init; }
    public int? Rating { get; init; }
    public string? RatingReason { get; init; }
    public long? RatedAt { get; init; }
    public string? ReviewedBy { get; init; }
    public string? ReviewedByName { get; init; }
    public long? ReviewedAt { get; init; }
    public string? ReviewNote { get; init; }
    public bool Flagged { get; init; }

    public RunEvidence? Evidence { get; init; }
    public IReadOnlyList<BasisItem> Basis { get; init; } = [];
    public IReadOnlyList<RecordedStep> Steps { get; init; } = [];
    public IReadOnlyList<PromptMessage> Prompt { get; init; } = [];
    public IReadOnlyList<RecordedVerdict> Verdicts { get; init; } = [];
    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>All interactions of the student on the exercise, oldest first, this one among them.</summary>
    public IReadOnlyList<ThreadEntry> Thread { get; init; } = [];
    public Escalation? Escalation { get; init; }

    /// <summary>The student's next different draft of the same exercise; null while there is none.</summary>
    public string? NextWork { get; init; }
    internal string StudentId { get; init; } = "";
}

/// <summary>A step as recorded, with the attempt it belongs to.</summary>
public sealed record RecordedStep
{
    public int Attempt { get; init; }
    public int Position { get; init; }
    public string Step { get; init; } = "";
    public string State { get; init; } = "";
    public long StartedAt { get; init; }
    public long EndedAt { get; init; }
    public int InputTokens { get; init; }
    public int CachedTokens { get; init; }
    public int OutputTokens { get; init; }
    public long CostMicro { get; init; }
    public string Detail { get; init; } = "";
}

/// <summary>A verdict of the leak guard as recorded.</summary>
public sealed record RecordedVerdict
{
    public string Layer { get; init; } = "";
    public string Span { get; init; } = "";
    public string Reason { get; init; } = "";
}

/// <summary>One turn of a thread, as staff read it.</summary>
public sealed record ThreadEntry
{
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string State { get; init; } = "";
    public long AskedAt { get; init; }
    public string Question { get; init; } = "";
    public int? Level { get; init; }
    public string? Writer { get; init; }
    public string? Answer { get; init; }
    public int? Rating { get; init; }
}
