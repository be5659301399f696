using System.Text.RegularExpressions;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Values from programs and tests inside Markdown, where nothing in them may act as markup.</summary>
internal static partial class CodeSpan
{
    /// <summary>Two lines of a narrow screen; longer values are recognised by their beginning.</summary>
    private const int Longest = 160;

    /// <summary>An inline code span, fenced by more backticks than the value holds in a row (CommonMark 0.31, 6.1).</summary>
    public static string Of(string value)
    {
        var line = OneLine(value);
        var run = Backticks().Matches(line).Select(m => m.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', run + 1);
        var pad = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return $"{fence}{pad}{line}{pad}{fence}";
    }

    /// <summary>For a place that is code already.</summary>
    public static string Inside(string value) => OneLine(value).Replace('`', '\'');

    private static string OneLine(string value)
    {
        var line = WhiteSpace().Replace(value, " ").Trim();
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }

    [GeneratedRegex(@"`+", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Backticks();

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex WhiteSpace();
}
