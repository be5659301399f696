using System.Globalization;
using Tutor.Core.Courses;

namespace Tutor.Core.Hints.Writing;

/// <summary>How much text there is, and how it is divided.</summary>
internal static class LengthSignals
{
    private const int LongParagraph = 150;

    // Readers lose sentences well before this; the alarm is for places nobody would defend.
    private const int LongMean = 30;
    private const int LongSentence = 50;

    public static WritingSignal? TooShort(WritingText text, WordRange? words)
    {
        if (words is null || text.WordCount >= words.Least) return null;

        var finding = $"The text has {text.WordCount} words; the task asks for at least {words.Least}.";
        var severity = 0.35 + (0.65 * (words.Least - text.WordCount) / words.Least);
        return text.Sentences.Count == 0 ? new("too-short", severity, "", 0, finding) : WritingSignals.At(text.Sentences[^1], "too-short", severity, finding);
    }

    public static WritingSignal? TooLong(WritingText text, WordRange? words)
    {
        if (words is null || text.WordCount <= words.Most) return null;

        var sofar = 0;
        var passing = text.Sentences.First(s => (sofar += s.Words.Count) > words.Most);
        var severity = Math.Min(0.8, 0.35 + ((text.WordCount - words.Most) / (double)words.Most));
        return WritingSignals.At(passing, "too-long", severity, $"The text has {text.WordCount} words; the task asks for at most {words.Most}, which this sentence passes.");
    }

    public static WritingSignal? LongSentences(WritingText text, WordRange? words)
    {
        if (text.Sentences.Count == 0) return null;

        var longest = text.Sentences.MaxBy(s => s.Words.Count)!;
        var mean = text.WordCount / (double)text.Sentences.Count;
        if (longest.Words.Count <= LongSentence && (mean <= LongMean || text.Sentences.Count < 2)) return null;
        return WritingSignals.At(longest, "long-sentences", longest.Words.Count > 1.5 * LongSentence ? 0.6 : 0.45, string.Create(CultureInfo.InvariantCulture, $"Sentences have {mean:0} words on average; this one has {longest.Words.Count}."));
    }

    public static WritingSignal? OneParagraph(WritingText text, WordRange? words)
    {
        if (text.Paragraphs.Count != 1 || text.WordCount <= LongParagraph) return null;

        return WritingSignals.At(text.Sentences[text.Sentences.Count / 2], "one-paragraph", 0.5, $"All {text.WordCount} words stand in one paragraph; this is its middle.");
    }
}
