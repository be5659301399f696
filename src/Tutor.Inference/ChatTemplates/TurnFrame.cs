namespace Tutor.Inference.ChatTemplates;

/// <summary>The markup around a turn's text.</summary>
/// <param name="Before">Control text before it.</param>
/// <param name="After">Control text after it, which tells the model that the turn is over.</param>
public sealed record TurnFrame(string Before, string After);
