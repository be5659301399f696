namespace Tutor.Core.Guard;

/// <summary>The layers of the leak guard, from cheap to strong.</summary>
public enum LeakLayer
{
    /// <summary>Code of the hint uses the student's own names or the required function's: written for this task.</summary>
    OwnIdentifiers = 2,

    /// <summary>Code of the hint supplies what the student's program lacks of a reference solution.</summary>
    DeltaOverlap = 3,

    /// <summary>Code written out as prose.</summary>
    ProseCode = 4,

    /// <summary>Spliced into the student's program it makes the tests pass.</summary>
    Splice = 5,

    /// <summary>For texts: a passage ready to paste, or a sentence of the student's rewritten.</summary>
    ReadyText = 20,
}

/// <summary>One reason why a piece of a hint may not be shown.</summary>
/// <param name="Span">The text judged, as the model wrote it.</param>
/// <param name="Reason">A sentence for staff.</param>
public sealed record LeakVerdict(LeakLayer Layer, string Span, string Reason);

/// <summary>What the guard knows about the work a hint answers.</summary>
public sealed record GuardContext
{
    public required Courses.ExerciseKind Kind { get; init; }

    /// <summary>The student's program or text, as cleaned.</summary>
    public required string StudentText { get; init; }
    public string Starter { get; init; } = "";

    /// <summary>The task as students read it; quoting it is always allowed.</summary>
    public string Task { get; init; } = "";
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Names the tests call; code that defines one of them was written for this task.</summary>
    public IReadOnlyList<string> RequiredNames { get; init; } = [];

    /// <summary>Tests for splice-and-run; empty where nothing can be run.</summary>
    public Courses.TestSuite Tests { get; init; } = new();
    public required Hints.HintLevel AllowedLevel { get; init; }
}
