using Tutor.Core.Flags.Reliability;

namespace Tutor.Data.Flags;

/// <summary>What reviews so far say about one version of a rule.</summary>
public sealed record RuleReliability
{
    public string RuleId { get; init; } = "";
    public int RuleVersion { get; init; }
    public string Category { get; init; } = "";
    public int Severity { get; init; }
    public int Open { get; init; }
    public int Confirmed { get; init; }
    public int Dismissed { get; init; }

    /// <summary>Share of its decided flags that a person confirmed.</summary>
    public Proportion Precision => new(Confirmed, Confirmed + Dismissed);
}

/// <summary>What the review of unflagged requests says about misses.</summary>
public sealed record MissEstimate
{
    /// <summary>Finished requests without a flag.</summary>
    public int Unflagged { get; init; }

    /// <summary>Drawn from them and not looked at yet.</summary>
    public int Waiting { get; init; }
    public int Reviewed { get; init; }
    public int Missed { get; init; }

    public Proportion Share => new(Missed, Reviewed);

    /// <summary>How many requests that deserved a flag have none, at the ends of the interval; null while nothing is reviewed.</summary>
    public (int Low, int High)? Misses => Reviewed == 0 ? null : ((int)(Share.Interval.Low * Unflagged), (int)Math.Ceiling(Share.Interval.High * Unflagged));
}
