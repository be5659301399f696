namespace Tutor.Core.Welfare;

/// <summary>A message that speaks plainly of harming oneself. It is no flag: nobody who marks, teaches or assists ever sees it.</summary>
/// <param name="Field">"question" or "work".</param>
/// <param name="Start">Where <paramref name="Quote"/> stands in that text.</param>
/// <param name="Quote">An exact substring.</param>
public sealed record Distress(string RuleId, int RuleVersion, string Field, int Start, string Quote)
{
    public const string Question = "question";
    public const string Work = "work";

    /// <summary>As much of one of the message's texts as is kept: around the words where they stand in it, else its beginning.</summary>
    /// <param name="field">"question" or "work".</param>
    public string Around(string field, string text, int most)
    {
        if (text.Length <= most) return text;
        var from = field == Field ? Math.Clamp(Start - most / 2, 0, text.Length - most) : 0;
        return text.Substring(from, most);
    }
}
