namespace Tutor.Core.Interactions;

/// <summary>One recorded stage of an interaction.</summary>
public sealed record Step
{
    /// <summary>clean, screen, evidence, retrieve, compose, generate, guard or record.</summary>
    public required string Name { get; init; }

    /// <summary>ok, skipped or failed.</summary>
    public required string State { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long StartedAt { get; init; }
    public required long EndedAt { get; init; }
    public int InputTokens { get; init; }
    public int CachedTokens { get; init; }
    public int OutputTokens { get; init; }

    /// <summary>Millionths of the currency of the host's price list.</summary>
    public long CostMicro { get; init; }

    /// <summary>A sentence for staff: what was dropped, matched, held back or went wrong.</summary>
    public string Detail { get; init; } = "";
}
