namespace Tutor.Core.Welfare;

/// <summary>A message that speaks plainly of harming oneself. It is no flag: nobody who marks, teaches or assists ever sees it.</summary>
/// <param name="Field">"question" or "work".</param>
/// <param name="Start">Where <paramref name="Quote"/> stands in that text.</param>
/// <param name="Quote">An exact substring.</param>
public sealed record Distress(string RuleId, int RuleVersion, string Field, int Start, string Quote);
