namespace Tutor.Core.Flags;

/// <summary>A model's answer to whether a rule is right. It is shown to the reviewer beside the rule and decides nothing.</summary>
/// <param name="Category">One of <see cref="FlagCategory"/>, or "none".</param>
/// <param name="Confidence">0 to 3, as the model puts it.</param>
/// <param name="Quote">An exact substring of the text that was read; an answer with any other quote is thrown away.</param>
public sealed record SecondOpinion(string Model, string Category, int Confidence, string Quote);
