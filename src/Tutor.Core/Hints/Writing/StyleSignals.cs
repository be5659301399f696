using System.Globalization;
using Tutor.Core.Courses;

namespace Tutor.Core.Hints.Writing;

/// <summary>Habits of style that a reader notices before the writer does.</summary>
internal static class StyleSignals
{
    private const int ManyHedges = 3;
    private const int ManyOpenings = 3;
    private const int ManyOpinions = 2;

    public static WritingSignal? Hedging(WritingText text, WordRange? words)
    {
        var counted = text.Sentences.Select(s => (Sentence: s, Hedges: WritingPatterns.Hedge().Count(s.Text))).ToList();
        var hedges = counted.Sum(c => c.Hedges);
        var rate = 100.0 * hedges / Math.Max(1, text.WordCount);
        if (hedges < ManyHedges || rate < ManyHedges) return null;

        var severity = Math.Min(0.8, 0.3 + (rate / 20));
        return WritingSignals.At(counted.MaxBy(c => c.Hedges).Sentence, "hedging", severity, string.Create(CultureInfo.InvariantCulture, $"{hedges} softening words in {text.WordCount} ({rate:0.0} in 100); most of them stand here."));
    }

    public static WritingSignal? RepeatedOpenings(WritingText text, WordRange? words)
    {
        var byTwo = text.Sentences.Where(s => s.Words.Count > 1).GroupBy(s => $"{s.Words[0]} {s.Words[1]}", StringComparer.OrdinalIgnoreCase).MaxBy(g => g.Count());
        if (byTwo?.Count() >= ManyOpenings) return Signal(byTwo.ElementAt(ManyOpenings - 1), byTwo.Count(), $"\"{byTwo.Key}\"");

        for (var i = 2; i < text.Sentences.Count; i++)
        {
            var three = text.Sentences.Skip(i - 2).Take(3).ToList();
            if (three.Select(s => s.Words[0]).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1) return Signal(three[2], 3, $"\"{three[0].Words[0]}\", one after the other");
        }

        return null;

        static WritingSignal Signal(TextSpan place, int count, string how) =>
            WritingSignals.At(place, "repeated-openings", Math.Min(0.6, 0.3 + (0.05 * count)), $"{count} sentences start with {how}; this is the third.");
    }

    public static WritingSignal? FirstPersonOpinion(WritingText text, WordRange? words)
    {
        var count = text.Sentences.Sum(s => WritingPatterns.Opinion().Count(s.Text));
        if (count < ManyOpinions) return null;

        return WritingSignals.At(text.Sentences.First(s => s.Has(WritingPatterns.Opinion())), "first-person-opinion", Math.Min(0.65, 0.4 + (0.05 * count)), $"The text offers its claims {count} times as what \"I\" think or feel; this is the first.");
    }
}
