namespace Tutor.Core.Hints;

/// <summary>Which hosts wrote at an answer and what each part cost, complete also where the answer was cut, held back or given up.</summary>
/// <remarks>Made by whoever asks and filled by the model pool, since a call that is left early has no last word to say it with.</remarks>
public sealed class CallRecord
{
    private readonly List<CallPart> parts = [];

    /// <summary>In the order of the calls. A host that refused has no part.</summary>
    public IReadOnlyList<CallPart> Parts => parts;

    public void Add(CallPart part) => parts.Add(part);
}

/// <summary>One host's part of an answer.</summary>
/// <param name="Model">As the host calls it; may be empty.</param>
public sealed record CallPart(string Host, string Model)
{
    public int Input { get; init; }
    public int Cached { get; init; }
    public int Output { get; init; }

    /// <summary>Millionths of the price list's currency.</summary>
    public long CostMicro { get; init; }

    /// <summary>The host did not say how many tokens it were, so Tutor estimates.</summary>
    public bool Estimated { get; init; }

    /// <summary>Characters of thoughts, control tokens and made-up turns that are not the hint's.</summary>
    public int LeftOut { get; init; }

    /// <summary>Why it is not the whole answer, as a sentence for staff; empty where it is.</summary>
    public string Note { get; init; } = "";
}
