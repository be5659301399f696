namespace Tutor.Core.Guard;

/// <summary>Finds the places where a growing reply may be cut: after a line, or after a sentence of long prose.</summary>
internal static class GateCuts
{
    // Shorter than this a sentence is not worth a release of its own, and "1. " or "e.g. " is no sentence.
    private const int LeastSentence = 40;

    /// <returns>The offset after the next complete line or sentence behind <paramref name="from"/>; null where none is complete.</returns>
    public static int? Next(string text, int from)
    {
        int lineStart = from == 0 ? 0 : text.LastIndexOf('\n', from - 1) + 1;
        int lineEnd = text.IndexOf('\n', from);
        int end = lineEnd < 0 ? text.Length : lineEnd + 1;
        for (int i = from + LeastSentence; i + 1 < end; i++)
            if (text[i] == ' ' && text[i - 1] is '.' or '?' or '!' && IsOpenProse(text.AsSpan(lineStart, i - lineStart))) return i + 1;
        return lineEnd >= 0 ? end : null;
    }

    /// <returns>The offset up to which a text that was cut off is whole: after its last line or sentence, and not before <paramref name="from"/>.</returns>
    public static int LastWhole(string text, int from)
    {
        for (int end = text.Length; end > from; end--)
        {
            if (text[end - 1] == '\n') return end;
            // What may stand behind the mark still belongs to the sentence.
            if ((end == text.Length || char.IsWhiteSpace(text[end])) && text.AsSpan(from, end - from).TrimEnd("\"'”’»)]*_`") is [.., '.' or '?' or '!' or '…' or '。' or '？' or '！']) return end;
        }

        return from;
    }

    /// <summary>A line that has begun as prose, with nothing opened that its rest must close.</summary>
    private static bool IsOpenProse(ReadOnlySpan<char> line) =>
        !char.IsWhiteSpace(line[0]) && line[0] is not ('>' or '|' or '~')
        && line.Count('`') % 2 == 0 && !line.Contains("```", StringComparison.Ordinal) && line.Count('"') % 2 == 0
        && line.Count('“') == line.Count('”') && line.Count('«') == line.Count('»') && line.Count('[') == line.Count(']');
}
