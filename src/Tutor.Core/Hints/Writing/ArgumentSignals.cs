using Tutor.Core.Courses;

namespace Tutor.Core.Hints.Writing;

/// <summary>Whether the text claims something and shows its reader the way.</summary>
internal static class ArgumentSignals
{
    private const int ShortOpening = 6;
    private const int LeastWords = 60;

    public static WritingSignal? NoTopicSentence(WritingText text, WordRange? words)
    {
        var paragraphs = text.ByParagraph.Where(p => p.Count > 1).ToList();
        var weak = paragraphs.Select(p => (Opening: p[0], Why: WeaknessOf(p[0]))).Where(w => w.Why is not null).ToList();
        if (weak.Count == 0) return null;

        var severity = 0.4 + (0.3 * weak.Count / paragraphs.Count);
        return WritingSignals.At(weak[0].Opening, "no-topic-sentence", severity, $"{weak.Count} of {paragraphs.Count} paragraphs {(weak.Count == 1 ? "opens" : "open")} without saying what they are about; this one opens with {weak[0].Why}.");
    }

    public static WritingSignal? NoThesis(WritingText text, WordRange? words)
    {
        if (text.ByParagraph is not [{ Count: > 0 } first, ..] || first.Any(s => s.Has(WritingPatterns.Stance()))) return null;

        // A reader looks for the thesis at the end of the opening paragraph.
        return WritingSignals.At(first[^1], "no-thesis", 0.85, $"None of the {first.Count} {(first.Count == 1 ? "sentence" : "sentences")} of the first paragraph takes a position or gives a reason.");
    }

    public static WritingSignal? NoCounterpoint(WritingText text, WordRange? words)
    {
        if (text.WordCount < LeastWords || text.Sentences.Any(s => s.Has(WritingPatterns.Counterpoint()))) return null;

        var claim = text.Sentences.LastOrDefault(s => s.Has(WritingPatterns.Stance())) ?? text.Sentences[^1];
        return WritingSignals.At(claim, "no-counterpoint", 0.55, $"None of the {text.Sentences.Count} sentences mentions what somebody of another opinion would say.");
    }

    private static string? WeaknessOf(TextSpan opening) => opening switch
    {
        { Text: var t } when t.EndsWith('?') => "a question",
        { Text: ['"' or '“' or '«' or '>', ..] } => "a quotation",
        _ when opening.Has(WritingPatterns.ExampleOpening()) => "an example",
        { Words.Count: < ShortOpening and var count } => count == 1 ? "a single word" : $"only {count} words",
        _ => null,
    };
}
