namespace Tutor.Core;

/// <summary>The lines of a text, as Python and editors count them: ended by LF, CR LF or a lone CR, and by nothing else.</summary>
/// <remarks>.NET's own <see cref="string.ReplaceLineEndings()"/> and <see cref="MemoryExtensions.EnumerateLines(ReadOnlySpan{char})"/> also end a line at
/// form feed, U+0085, U+2028 and U+2029. In a program these may stand inside a string or between functions: to take them for line ends moves
/// every line number after them, and to replace them changes the program (Python language reference, 2.1.2).</remarks>
public static class TextLines
{
    /// <summary>The same text with LF as its only line end.</summary>
    /// <returns>The same instance where nothing had to change.</returns>
    public static string Plain(string text) =>
        text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    /// <summary>The lines without their ends; one, an empty one, for an empty text.</summary>
    public static string[] Of(string text) => Plain(text).Split('\n');

    /// <summary>How many lines are shown.</summary>
    public static int Count(string text) => Shown(text).Count;

    /// <summary>The lines as they are shown and numbered: empty ones at the end are left out, except that an empty text has one.</summary>
    /// <returns>Each with the place where it begins in <paramref name="text"/>.</returns>
    public static IReadOnlyList<(int Start, string Line)> Shown(string text)
    {
        var lines = new List<(int, string)>();
        var shown = text.AsSpan().TrimEnd("\r\n").Length;
        for (var start = 0; start <= shown;)
        {
            var length = text.AsSpan(start, shown - start).IndexOfAny('\r', '\n');
            var end = length < 0 ? shown : start + length;
            lines.Add((start, text[start..end]));
            start = end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
        }

        return lines;
    }

    /// <summary>The text on one line, for a label or a list: a space for every end of a line or page.</summary>
    public static string OnOneLine(string text) => text.ReplaceLineEndings(" ").Replace('\v', ' ');
}
