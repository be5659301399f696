using System.Text.RegularExpressions;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Reading;

/// <summary>Reads one line of Markdown for what the guard needs: fence, quote, code or prose.</summary>
internal static partial class LineMarkup
{
    private static readonly char[] Emphasis = ['*', '|', ' '];

    /// <summary>The fence that opens on this line without closing on it; null where none does.</summary>
    /// <returns>Column of the fence and its marks.</returns>
    public static (int Column, string Marks)? OpeningFence(string line)
    {
        var tilde = TildeFence().Match(line);
        if (tilde.Success) return (tilde.Groups["marks"].Index, tilde.Groups["marks"].Value);
        // Backticks open a block also in mid-line: what follows is code to a reader, whatever Markdown would make of it.
        foreach (Match marks in Backticks().Matches(line))
            if (line.IndexOf(marks.Value, marks.Index + marks.Length, StringComparison.Ordinal) < 0) return (marks.Index, marks.Value);
        return null;
    }

    /// <summary>Whether a line ends the block that <paramref name="marks"/> opened. A line that goes on after the marks does not.</summary>
    public static bool Closes(string line, string marks)
    {
        string bare = line.Trim().TrimStart('>', ' ');
        return bare.Length >= marks.Length && bare.All(c => c == marks[0]);
    }

    public static bool IsIndented(string line) => CodeLine.IndentOf(line) >= 4 && !string.IsNullOrWhiteSpace(line);

    public static bool IsQuotation(string line) => line.AsSpan().TrimStart().StartsWith(">");

    /// <summary>The code a whole line consists of, list markers and backticks removed; null for prose.</summary>
    public static string? WholeLineCode(string line, CodeLanguage language)
    {
        string content = Markers().Replace(line, "", 1);
        bool marked = content.Length != line.Length;
        string trimmed = content.Trim();
        var span = WholeSpan().Match(trimmed);
        if (span.Success)
        {
            string code = span.Groups["code"].Value;
            var spanTokens = CodeLexer.Read(code, language);
            return CodeShape.IsStatement(spanTokens) || (marked && spanTokens.Count >= 3 && !CodeShape.ReadsAsProse(spanTokens)) ? code : null;
        }
        string bare = Tags().Replace(trimmed, "").Trim(Emphasis);
        return CodeShape.IsStatement(WithoutComments(bare, language)) ? marked ? Tags().Replace(content, "") : Tags().Replace(line, "") : null;
    }

    private static List<PythonToken> WithoutComments(string code, CodeLanguage language) =>
        [.. CodeLexer.Read(code, language, inProse: true).Where(t => t.Kind != PythonTokenKind.Comment)];

    [GeneratedRegex(@"^(?:\s|>|[-*+]\s|\d+[.)]\s)*(?<marks>~{3,})[^~]*$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex TildeFence();

    [GeneratedRegex("`{3,}", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Backticks();

    [GeneratedRegex(@"^\s*(?:(?:>|[-*+•]|\d+[.):]|\d+ ?\|)\s)+|^\s*>", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Markers();

    [GeneratedRegex(@"^(?<marks>`+)(?<code>[^`]+)\k<marks>[.,;:]?$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex WholeSpan();

    [GeneratedRegex(@"</?(?:pre|code|p|br|tt|kbd)\b[^>]*>", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex Tags();
}
