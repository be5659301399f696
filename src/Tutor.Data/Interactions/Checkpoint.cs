namespace Tutor.Data.Interactions;

/// <summary>Text released so far by a running attempt, kept so that another attempt can go on from it.</summary>
/// <param name="Revision">Counts how often the text began anew.</param>
/// <param name="Tokens">Output tokens so far; a killed attempt is charged by it.</param>
public sealed record Checkpoint(string InteractionId, int Attempt, int Revision, string Text, int Tokens);

/// <summary>The last checkpoint of an interaction.</summary>
public sealed record HintDraft
{
    public int Attempt { get; init; }
    public int Revision { get; init; }
    public string Text { get; init; } = "";
    public int Tokens { get; init; }
}
