using Tutor.Core.Courses;

namespace Tutor.Core.Hints.Writing;

/// <summary>How the text deals with what others wrote.</summary>
internal static class SourceSignals
{
    /// <summary>Below this a text is a beginning, and the missing source is not what it lacks first.</summary>
    private const int LeastWords = 50;

    public static WritingSignal? MissingCitation(WritingText text, WordRange? words)
    {
        var bare = BareClaims(text);
        if (bare.Count == 0) return null;

        var finding = bare.Count == 1 ? "One sentence reports research or figures without a source." : $"{bare.Count} sentences report research or figures without a source; this is the first.";
        return WritingSignals.At(bare[0], "missing-citation", Math.Min(0.9, 0.65 + (0.08 * bare.Count)), finding);
    }

    public static WritingSignal? NoCitationAtAll(WritingText text, WordRange? words)
    {
        if (text.WordCount < LeastWords || text.Sentences.Any(s => s.Has(WritingPatterns.Citation()))) return null;

        var place = BareClaims(text) is [var claim, ..] ? claim : text.ByParagraph.Count > 1 ? text.ByParagraph[1][0] : text.Sentences[^1];
        return WritingSignals.At(place, "no-citation-at-all", 0.7, $"None of the {text.Sentences.Count} sentences names a source.");
    }

    public static WritingSignal? ListOfSummaries(WritingText text, WordRange? words)
    {
        // A single paragraph can be a list too: then its sentences are the entries.
        var entries = text.ByParagraph.Count > 1 ? [.. text.ByParagraph.Where(p => p.Count > 0).Select(p => p[0])] : text.Sentences;
        var named = entries.Where(e => e.Has(WritingPatterns.AuthorOpening())).ToList();
        if (named.Count < (text.ByParagraph.Count > 1 ? 2 : 3) || named.Count * 3 < entries.Count * 2) return null;

        var what = text.ByParagraph.Count > 1 ? "paragraphs" : "sentences";
        return WritingSignals.At(named[1], "list-of-summaries", 0.75, $"{named.Count} of {entries.Count} {what} begin with an author; this is the second.");
    }

    public static WritingSignal? NoReportingVerb(WritingText text, WordRange? words)
    {
        var cited = text.Sentences.Where(s => s.Has(WritingPatterns.Citation())).ToList();
        if (cited.Count == 0 || text.Sentences.Any(s => s.Has(WritingPatterns.ReportingVerb()))) return null;

        return WritingSignals.At(cited[0], "no-reporting-verb", 0.45, $"{cited.Count} {(cited.Count == 1 ? "sentence names a source" : "sentences name sources")}, and no verb says what the authors do (argue, find, question).");
    }

    private static List<TextSpan> BareClaims(WritingText text)
    {
        var bare = new List<TextSpan>();
        for (var i = 0; i < text.Sentences.Count; i++)
        {
            var sentence = text.Sentences[i];
            if (!sentence.Has(WritingPatterns.ResearchClaim()) || sentence.Has(WritingPatterns.Citation())) continue;
            // A citation after the full stop, on its own, belongs to the sentence before it.
            if (i + 1 < text.Sentences.Count && text.Sentences[i + 1].Text.StartsWith('(') && text.Sentences[i + 1].Has(WritingPatterns.Citation())) continue;
            bare.Add(sentence);
        }

        return bare;
    }
}
