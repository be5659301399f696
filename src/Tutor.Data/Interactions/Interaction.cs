using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;

namespace Tutor.Data.Interactions;

/// <summary>One request and its answer, as the ledger holds it.</summary>
public sealed record Interaction
{
    public required string Id { get; init; }
    public required string CourseId { get; init; }
    public required string CourseVersionId { get; init; }
    public required string ExerciseId { get; init; }
    public required string StudentId { get; init; }

    /// <summary>One of <see cref="InteractionKind"/>.</summary>
    public required string Kind { get; init; }
    public string Question { get; init; } = "";

    /// <summary>The work as it was handed in.</summary>
    public string Work { get; init; } = "";
    public string? FileName { get; init; }
    public HintLevel RequestedLevel { get; init; }

    /// <summary>One of <see cref="InteractionState"/>.</summary>
    public required string State { get; init; }
    public int Attempt { get; init; }
    public long AskedAt { get; init; }
    public long? StartedAt { get; init; }
    public long? FinishedAt { get; init; }

    /// <summary>The level the answer has; null until there is one.</summary>
    public HintLevel? Level { get; init; }
    public string Answer { get; init; } = "";

    /// <summary>Revision the answer was streamed as.</summary>
    public int AnswerRevision { get; init; }

    /// <summary>One of <see cref="HintWriter"/>; null until there is an answer.</summary>
    public string? Writer { get; init; }
    public string? WriterReason { get; init; }
    public string? MisconceptionId { get; init; }
    public string? FirstFailingTest { get; init; }
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

    /// <summary>1 helped, -1 did not, null not said.</summary>
    public int? Rating { get; init; }
    public string? RatingReason { get; init; }

    /// <summary>It used up one of the day's hints; false when its place was given back because no hint came of it.</summary>
    public bool Counted { get; init; } = true;
    public bool Flagged { get; init; }

    /// <summary>A message of distress that was answered with the support text.</summary>
    public bool Welfare { get; init; }
    public bool Escalated { get; init; }

    /// <summary>What running the tests showed; null until the interaction ended.</summary>
    public RunEvidence? Evidence => LedgerJson.Read<RunEvidence>(EvidenceJson);

    /// <summary>What the hint rests on; empty until the interaction ended.</summary>
    public IReadOnlyList<BasisItem> Basis => LedgerJson.Read<IReadOnlyList<BasisItem>>(BasisJson) ?? [];

    public bool IsOpen => InteractionState.IsOpen(State);

    internal string? EvidenceJson { get; init; }
    internal string? BasisJson { get; init; }

    /// <summary>Columns of <c>interaction i</c> and <c>submission s</c> in the names of this record.</summary>
    internal const string Columns =
        """
        i.id, i.course_id, i.course_version_id, i.exercise_id, i.student_id, i.kind, i.question, s.body AS work, s.file_name,
        i.requested_level, i.state, i.attempt, i.asked_at, i.started_at, i.finished_at, i.level, COALESCE(i.answer, '') AS answer,
        i.answer_revision, i.writer, i.writer_reason, i.misconception_id, i.first_failing_test, i.guard_action, i.error, i.model, i.host, i.adapter,
        i.seed, i.input_tokens, i.cached_tokens, i.output_tokens, i.cost_micro, i.trace_id, i.rating, i.rating_reason, i.counted, i.flagged, i.welfare,
        i.escalated, i.evidence AS evidence_json, i.basis AS basis_json
        """;
}
