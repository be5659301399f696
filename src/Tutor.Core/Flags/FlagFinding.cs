namespace Tutor.Core.Flags;

/// <summary>How much attention a flag asks for. No flag ever acts on a student by itself.</summary>
public enum FlagSeverity { Info = 0, Nudge = 1, Review = 2, Serious = 3 }

/// <summary>Possible misuse found by one rule, with the words that made it say so.</summary>
/// <param name="Category">One of <see cref="FlagCategory"/>.</param>
/// <param name="RuleId">Stable id of the rule.</param>
/// <param name="RuleVersion">Raised whenever the rule's behaviour changes.</param>
/// <param name="Quote">An exact substring of the text at <paramref name="Start"/>; empty for rules about behaviour over time.</param>
/// <param name="Field">"question", "work" or "thread".</param>
public sealed record FlagFinding(
    string Category, string RuleId, int RuleVersion, FlagSeverity Severity, string Field, int Start, string Quote, string Explanation)
{
    /// <summary>What had to be reached for the rule to speak, in words ("4 requests in 15 minutes").</summary>
    public string Threshold { get; init; } = "one match";

    /// <summary>SHA-256 of the text the rule read, as 64 lower-case hex digits; set by <see cref="MisuseScreen"/>.</summary>
    public string InputSha256 { get; init; } = "";

    /// <summary>What a model asked about the same text said; null where none was asked.</summary>
    public SecondOpinion? SecondOpinion { get; init; }
}
