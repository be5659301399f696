namespace Tutor.Core.Interactions;

/// <summary>Where code begins and ends in Markdown: fences (``` and ~~~) and inline spans.</summary>
internal static class MarkdownCode
{
    /// <returns>The index after the code that begins at <paramref name="at"/>; <paramref name="at"/> itself where none begins.</returns>
    public static int EndAt(string text, int at)
    {
        var mark = text[at];
        if (mark is not ('`' or '~') || (at > 0 && text[at - 1] == mark)) return at;

        var length = Run(text, at);
        if (length >= 3 && AtLineStart(text, at)) return FenceEnd(text, at, mark, length);
        return mark == '`' ? SpanEnd(text, at, length) : at;
    }

    private static int Run(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == text[at]) end++;
        return end - at;
    }

    private static bool AtLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t') at--;
        return at == 0 || text[at - 1] == '\n';
    }

    // An unclosed fence runs to the end (CommonMark 0.31, 4.5).
    private static int FenceEnd(string text, int at, char mark, int length)
    {
        for (var line = text.IndexOf('\n', at); line >= 0; line = text.IndexOf('\n', line + 1))
        {
            var start = line + 1;
            while (start < text.Length && text[start] is ' ' or '\t') start++;
            if (start < text.Length && text[start] == mark && Run(text, start) is var run && run >= length) return start + run;
        }

        return text.Length;
    }

    private static int SpanEnd(string text, int at, int length)
    {
        var paragraphEnd = text.IndexOf("\n\n", at, StringComparison.Ordinal);
        if (paragraphEnd < 0) paragraphEnd = text.Length;
        for (var next = at + length; next < paragraphEnd;)
        {
            if (text[next] != '`')
            {
                next++;
                continue;
            }

            var run = Run(text, next);
            next += run;
            if (run == length) return next;
        }

        return at;
    }
}
