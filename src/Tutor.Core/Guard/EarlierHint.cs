namespace Tutor.Core.Guard;

/// <summary>A hint already shown on the exercise. What it gave away counts with what comes.</summary>
/// <param name="Work">The work it answered: lines the student has taken over since are no quotes of that work.</param>
public sealed record EarlierHint(string Text, string Work);
