using Tutor.Core.Evidence;
using Tutor.Core.Flags;
using Tutor.Core.Guard;
using Tutor.Core.Interactions;
using Tutor.Core.Welfare;

namespace Tutor.Core.Hints;

/// <summary>What the pipeline reports while it works, in order. The last event of a run is a <see cref="HintFinished"/>.</summary>
public abstract record HintEvent;

/// <summary>A stage began; shown to the student.</summary>
public sealed record StepStarted(string Name) : HintEvent;

/// <summary>A stage ended and is to be recorded.</summary>
public sealed record StepEnded(Step Step) : HintEvent;

/// <summary>The tests were run.</summary>
public sealed record EvidenceReady(RunEvidence Evidence) : HintEvent;

/// <summary>Text that has passed the guard and may be shown: append it.</summary>
public sealed record TextReleased(string Text) : HintEvent;

/// <summary>A code block is being checked; show that something is being looked at.</summary>
public sealed record BlockHeld : HintEvent;

/// <summary>Forget the text released so far: the hint starts again.</summary>
public sealed record TextRestarted(string Reason) : HintEvent;

/// <summary>The answer and everything to record with it.</summary>
public sealed record HintFinished(HintOutcome Outcome) : HintEvent;

/// <summary>The end of a pipeline run.</summary>
public sealed record HintOutcome
{
    /// <summary>done, refused or failed.</summary>
    public required string State { get; init; }

    /// <summary>The whole hint, Markdown; equal to the released text.</summary>
    public string Answer { get; init; } = "";

    /// <summary>One of <see cref="HintWriter"/>.</summary>
    public string Writer { get; init; } = "";

    /// <summary>Why this writer and this hint, in a sentence for the student.</summary>
    public string WriterReason { get; init; } = "";
    public HintLevel Level { get; init; } = HintLevel.Nudge;
    public string? MisconceptionId { get; init; }

    /// <summary>What the hint rests on.</summary>
    public RunEvidence Evidence { get; init; } = RunEvidence.NotApplicable;
    public IReadOnlyList<BasisItem> Basis { get; init; } = [];
    public IReadOnlyList<LeakVerdict> Verdicts { get; init; } = [];

    /// <summary>What the guard did: none, regenerated, redacted or ladder.</summary>
    public string GuardAction { get; init; } = "none";
    public IReadOnlyList<FlagFinding> Flags { get; init; } = [];

    /// <summary>Set where the answer is the support text; everything about such an interaction is for the welfare contact only.</summary>
    public Distress? Distress { get; init; }

    /// <summary>The exact prompt sent, as role and text; empty when no model was asked.</summary>
    public IReadOnlyList<PromptMessage> Prompt { get; init; } = [];
    public string? Model { get; init; }
    public string? Host { get; init; }
    public string? Adapter { get; init; }
    public long? Seed { get; init; }
    public int InputTokens { get; init; }
    public int CachedTokens { get; init; }
    public int OutputTokens { get; init; }
    public long CostMicro { get; init; }
    public string? Error { get; init; }
}

/// <summary>One thing a hint rests on, shown beside it.</summary>
/// <param name="Kind">test, rule, criterion, passage or signal.</param>
/// <param name="Reference">Id of the test, rule, criterion, passage or signal.</param>
public sealed record BasisItem(string Kind, string Reference, string Title, string Text);

/// <param name="Role">system, user or assistant.</param>
public sealed record PromptMessage(string Role, string Text);
