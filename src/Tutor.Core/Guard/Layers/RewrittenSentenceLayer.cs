using System.Text.RegularExpressions;

namespace Tutor.Core.Guard.Layers;

/// <summary>For texts, W3: a sentence that is one of the student's with some words changed, ready to be taken over.</summary>
/// <remarks>Quoting is allowed, and so is speaking about a sentence; what says the student's thing in other words is the student's work done.</remarks>
internal sealed partial class RewrittenSentenceLayer : ILeakLayer
{
    private const double LeastOverlap = 0.5, MostOverlap = 0.95;
    private const int LeastWords = 6;

    // Words that speak about a text. A sentence with one that the student's lacks is about it, not instead of it.
    private static readonly HashSet<string> Talk =
        ["you", "your", "yours", "sentence", "sentences", "paragraph", "word", "words", "phrase", "claim", "reader", "readers", "text", "quote", "quotes", "write", "writes", "wrote", "say", "says", "said", "what", "which", "why"];

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        var known = Sentences(work.Context.StudentText).Select(TextWords.Of).Where(s => s.Length >= LeastWords).ToList();
        string own = $" {string.Join(' ', TextWords.Of(work.Context.StudentText))} {string.Join(' ', TextWords.Of(work.Context.Task))} ";
        foreach (string sentence in Sentences(Markup().Replace(hint.Hint.Text, "")))
        {
            string[] words = TextWords.Of(sentence);
            if (words.Length < LeastWords || sentence.EndsWith('?') || own.Contains($" {string.Join(' ', words)} ", StringComparison.Ordinal)) continue;
            if (known.Any(k => IsRewrite(words, k)))
                yield return new(LeakLayer.RewrittenSentence, sentence.Trim(), "One of the student's sentences with some words changed.");
        }
    }

    private static bool IsRewrite(string[] words, string[] student)
    {
        if (words.Any(w => Talk.Contains(w) && !student.Contains(w))) return false;
        double overlap = Splicing.LinePlacement.Likeness(words, student);
        return overlap is >= LeastOverlap and <= MostOverlap;
    }

    // A quotation and what follows a colon stand for themselves.
    private static IEnumerable<string> Sentences(string text) => Ends().Split(TextLines.OnOneLine(text)).Where(s => s.Length > 0);

    [GeneratedRegex(@"(?<=[.!?…])\s+|[“”«»""]|:\s+|\s[-–—]\s", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Ends();

    [GeneratedRegex(@"(?m)^[^\S\n]*(?:>|[-*+•]|\d+[.)])\s+|[*_`#]", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Markup();
}
