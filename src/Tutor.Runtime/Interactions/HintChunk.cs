using Orleans.Concurrency;

namespace Tutor.Runtime.Interactions;

/// <summary>What is new in a running attempt since a position: what a node is told, and what it asks for when it missed something.</summary>
/// <param name="EventsFrom">Index of the first of <paramref name="Events"/> in the attempt.</param>
/// <param name="ResumedRevision">The revision this attempt's text goes on from; 0 when it began anew.</param>
/// <param name="ResumedLength">How many characters of that revision it shares.</param>
/// <param name="Offset">Where <paramref name="Text"/> belongs; anything after it is replaced.</param>
/// <param name="Ended">The attempt works no longer; the ledger says how it ended.</param>
[GenerateSerializer, Immutable]
internal sealed record HintChunk(
    [property: Id(0)] string InteractionId, [property: Id(1)] int Attempt, [property: Id(2)] int EventsFrom,
    [property: Id(3)] IReadOnlyList<LiveEvent> Events, [property: Id(4)] int Revision, [property: Id(5)] int ResumedRevision,
    [property: Id(6)] int ResumedLength, [property: Id(7)] int Offset, [property: Id(8)] string Text, [property: Id(9)] bool Ended)
{
    public LivePosition End => new(Attempt, EventsFrom + Events.Count, Revision, Offset + Text.Length);
}

/// <summary>How much of an interaction someone has seen.</summary>
internal readonly record struct LivePosition(int Attempt, int Events, int Revision, int Offset);

/// <summary>Something besides text that happened in an attempt.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Name">Of a step.</param>
/// <param name="Value">State of a step, evidence as JSON, or why the text began anew.</param>
[GenerateSerializer, Immutable]
internal sealed record LiveEvent([property: Id(0)] string Kind, [property: Id(1)] string Name, [property: Id(2)] string Value)
{
    public const string Step = "step";
    public const string Evidence = "evidence";
    public const string Held = "held";
    public const string Restarted = "restarted";
}
