namespace Tutor.Core.Hints.Prompting;

/// <summary>What each level asks of a model.</summary>
internal static class LevelWords
{
    public static string For(HintLevel level) => level switch
    {
        HintLevel.Nudge => "NUDGE: ask one question that points the student's attention to what they have not looked at. Name neither the cause nor the remedy.",
        HintLevel.Concept => "CONCEPT: explain the idea that is missing, away from this exercise. Do not say where in the work it is missing.",
        HintLevel.Location => "LOCATION: say where in the student's own work the trouble is, by line number or by a short quote of their words, and what to check there. Do not say what to write instead.",
        HintLevel.Example => "EXAMPLE: show the idea on other data or another subject, with other names than the student's. The example must not solve this exercise when copied.",
        _ => "STEPS: give the steps in words, one per line, without code or wording that could be pasted.",
    };
}
