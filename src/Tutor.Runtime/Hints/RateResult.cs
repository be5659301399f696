namespace Tutor.Runtime.Hints;

/// <summary>What became of a rating.</summary>
/// <param name="Taken">False where there is no such finished interaction of this student, or the words cannot be taken.</param>
/// <param name="Objection">What is wrong with the words; null where nothing is.</param>
public sealed record RateResult(bool Taken, string? Objection);
