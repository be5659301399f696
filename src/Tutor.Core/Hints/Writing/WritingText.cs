using System.Text.RegularExpressions;

namespace Tutor.Core.Hints.Writing;

/// <summary>A student's text as paragraphs and sentences; headings and lists of references are left out.</summary>
internal sealed partial class WritingText
{
    private const int LongestAbbreviation = 10;

    public WritingText(string text)
    {
        Paragraphs = [.. ParagraphsOf(text)];
        ByParagraph = [.. Paragraphs.Select(SentencesOf)];
        Sentences = [.. ByParagraph.SelectMany(s => s)];
        WordCount = Sentences.Sum(s => s.Words.Count);
    }

    public IReadOnlyList<TextSpan> Paragraphs { get; }

    /// <summary>The sentences of each paragraph.</summary>
    public IReadOnlyList<IReadOnlyList<TextSpan>> ByParagraph { get; }
    public IReadOnlyList<TextSpan> Sentences { get; }
    public int WordCount { get; }

    private static IEnumerable<TextSpan> ParagraphsOf(string text)
    {
        foreach (var match in Paragraph().Matches(text).Cast<Match>())
        {
            if (match.Value.StartsWith('#'))
            {
                if (ReferencesHeading().IsMatch(match.Value)) yield break;
                continue;
            }

            yield return new(match.Value.TrimEnd(), match.Index);
        }
    }

    private static List<TextSpan> SentencesOf(TextSpan paragraph)
    {
        var sentences = new List<TextSpan>();
        var start = 0;
        foreach (var end in SentenceEnd().Matches(paragraph.Text).Cast<Match>())
        {
            var stop = end.Index + end.Length;
            if (Abbreviation().IsMatch(paragraph.Text[Math.Max(start, stop - LongestAbbreviation)..stop])) continue;
            Add(stop);
        }

        Add(paragraph.Text.Length);
        return sentences;

        void Add(int stop)
        {
            var piece = paragraph.Text[start..stop];
            var trimmed = piece.Trim();
            if (trimmed.Any(char.IsLetterOrDigit)) sentences.Add(new(trimmed, paragraph.Start + start + piece.Length - piece.TrimStart().Length));
            start = stop;
        }
    }

    /// <summary>Lines without an empty one between them; a heading is a paragraph of its own.</summary>
    [GeneratedRegex(@"^#{1,6} .*$|^(?!#{1,6} )[^\n]*\S[^\n]*(?:\n(?!#{1,6} )[^\n]*\S[^\n]*)*", RegexOptions.Multiline, RegexLimit.Milliseconds)]
    private static partial Regex Paragraph();

    [GeneratedRegex(@"^#+\s*(references|bibliography|works cited|sources)\b", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex ReferencesHeading();

    [GeneratedRegex(@"(?<![.!?…])(?>[.!?…]+)(?>[""'”’)\]]*)(?=\s+[\p{Lu}\p{N}""'“‘(\[]|\s*$)", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"(?:\b(?:et al|e\.g|i\.e|cf|vs|etc|Dr|Mr|Mrs|Ms|Prof|St|Fig|No|pp?|ca|approx|ed|eds|vol)|(?:^|\s|\()\p{Lu})\.$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Abbreviation();
}
