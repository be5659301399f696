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

    /// <summary>The program in words, where the exercise allows no pseudo-code.</summary>
    Steps = 6,

    /// <summary>For texts: a passage ready to paste, or words of the model answer.</summary>
    ReadyText = 20,

    /// <summary>For texts: one of the student's sentences rewritten.</summary>
    RewrittenSentence = 21,

    /// <summary>The reply repeats a mark of the prompt that no reader should see.</summary>
    PromptEcho = 30,

    /// <summary>Not a leak: a library call that does not exist; mended or left out.</summary>
    UnknownCall = 40,

    /// <summary>Not a leak: a library call that the course has not reached.</summary>
    NotYetTaught = 41,
}

/// <summary>One reason why a piece of a hint may not be shown.</summary>
/// <param name="Span">The text judged, as the model wrote it.</param>
/// <param name="Reason">A sentence for staff.</param>
public sealed record LeakVerdict(LeakLayer Layer, string Span, string Reason);
