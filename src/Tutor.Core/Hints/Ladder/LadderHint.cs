namespace Tutor.Core.Hints.Ladder;

/// <summary>A hint written without a model.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Level">The level of the rung that was taken; at most the one asked for.</param>
/// <param name="Writer"><see cref="Interactions.HintWriter.Ladder"/>, or <see cref="Interactions.HintWriter.BuiltIn"/> where the instructor wrote none.</param>
/// <param name="MisconceptionId">The misconception of the exercise's ladder that was recognised; null where none was.</param>
/// <param name="Reason">For the student: who wrote the hint and why it was chosen.</param>
/// <param name="Basis">What the hint rests on; hidden tests only by what they are about.</param>
public sealed record LadderHint(string Text, HintLevel Level, string Writer, string? MisconceptionId, string Reason, IReadOnlyList<BasisItem> Basis);
