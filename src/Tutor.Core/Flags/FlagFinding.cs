namespace Tutor.Core.Flags;

/// <summary>How much attention a flag asks for. No flag ever acts on a student by itself.</summary>
public enum FlagSeverity { Info = 0, Nudge = 1, Review = 2, HumanContact = 3 }

/// <summary>Possible misuse found by one rule, with the words that made it say so.</summary>
/// <param name="Category">solution-seeking, answer-fishing, injection, off-topic or welfare.</param>
/// <param name="RuleId">Stable id of the rule.</param>
/// <param name="RuleVersion">Raised whenever the rule's behaviour changes.</param>
/// <param name="Quote">An exact substring of the text at <paramref name="Start"/>; empty for rules about behaviour over time.</param>
/// <param name="Field">"question", "work" or "thread".</param>
public sealed record FlagFinding(
    string Category, string RuleId, int RuleVersion, FlagSeverity Severity, string Field, int Start, string Quote, string Explanation);
