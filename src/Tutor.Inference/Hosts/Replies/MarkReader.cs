namespace Tutor.Inference.Hosts.Replies;

/// <summary>Finds control tokens, tags and made-up turns in a model's text.</summary>
internal static class MarkReader
{
    private const int LongestName = 64;
    private const int LongestTag = 300;

    // Written with square or double angle brackets, or as plain words at the start of a line.
    private static readonly (string Text, Mark Mark)[] brackets =
    [
        ("<<SYS>>", new(MarkKind.Role, 0, "system")), ("<</SYS>>", new(MarkKind.Message)),
        ("[INST]", new(MarkKind.Role, 0, "user")), ("[/INST]", new(MarkKind.Role, 0, "assistant")),
        ("[SYSTEM_PROMPT]", new(MarkKind.Role, 0, "system")), ("[/SYSTEM_PROMPT]", new(MarkKind.Drop)),
        ("[THINK]", new(MarkKind.ThoughtsBegin)), ("[/THINK]", new(MarkKind.ThoughtsEnd)),
        ("[TOOL_CALLS]", new(MarkKind.ToolBegin)), ("[/TOOL_CALLS]", new(MarkKind.ToolEnd)),
        ("[TOOL_RESULTS]", new(MarkKind.ToolBegin)), ("[/TOOL_RESULTS]", new(MarkKind.ToolEnd)),
        ("[AVAILABLE_TOOLS]", new(MarkKind.ToolBegin)), ("[/AVAILABLE_TOOLS]", new(MarkKind.ToolEnd)),
        ("[gMASK]", new(MarkKind.Drop)), ("[BOS]", new(MarkKind.Drop)), ("[EOS]", new(MarkKind.EndOfTurn)),
    ];

    private static readonly (string Text, Mark Mark)[] turns =
    [
        .. from name in new[] { "User", "Human", "Instruction", "Input", "System" } select ($"### {name}:", new Mark(MarkKind.Role, 0, "user")),
        .. from name in new[] { "Assistant", "Response" } select ($"### {name}:", new Mark(MarkKind.Role, 0, "assistant")),
        ("Human:", new(MarkKind.Role, 0, "user")), ("USER:", new(MarkKind.Role, 0, "user")), ("ASSISTANT:", new(MarkKind.Role, 0, "assistant")),
    ];

    /// <summary>Whether a mark may begin with this character.</summary>
    public static bool MayBegin(char c, bool atLineStart) => c is '<' or '[' or '◁' || (atLineStart && c is '#' or 'H' or 'U' or 'A');

    /// <param name="rest">The text from where the mark would begin.</param>
    /// <param name="before">The character before it.</param>
    /// <param name="inCode">Whether a span of code is open.</param>
    /// <param name="final">No more text comes, so that nothing stays partial.</param>
    public static Mark At(ReadOnlySpan<char> rest, char before, bool inCode, bool final)
    {
        if (before == '\n' && rest[0] is '#' or 'H' or 'U' or 'A') return Fixed(rest, turns, final);
        if (rest[0] == '[' || rest.StartsWith("<<") || (rest is "<" && !final)) return Fixed(rest, brackets, final);
        var (length, name, barLeft, barRight) = Token(rest, final);
        if (length == 0) return default;
        if (length < 0) return new(MarkKind.Partial);
        string role;
        var kind = barLeft || barRight ? TokenNames.OfToken(name, barLeft, barRight, out role) : TokenNames.OfTag(name, out role);
        if (kind == MarkKind.None) return default;
        var bars = barLeft || barRight;
        // In back ticks a mark is spoken of. One with bars has to fill them, since a model may also stop in the middle of a span.
        if (!bars && inCode) return default;
        if (bars && inCode && before == '`')
        {
            if (length == rest.Length && !final) return new(MarkKind.Partial);
            if (length < rest.Length && rest[length] == '`') return default;
        }
        return new(kind, length, role);
    }

    private static Mark Fixed(ReadOnlySpan<char> rest, (string Text, Mark Mark)[] marks, bool final)
    {
        foreach (var (text, mark) in marks)
        {
            if (rest.StartsWith(text)) return mark with { Length = text.Length };
            if (!final && rest.Length < text.Length && text.AsSpan().StartsWith(rest)) return new(MarkKind.Partial);
        }
        return default;
    }

    // The length is 0 for no token and -1 while it is not known.
    private static (int Length, string Name, bool BarLeft, bool BarRight) Token(ReadOnlySpan<char> rest, bool final)
    {
        var end = 1;
        while (end < rest.Length && end <= LongestName && IsNamed(rest[end])) end++;
        if (end > LongestName) return default;
        if (end == rest.Length) return (final ? 0 : -1, "", false, false);
        var inner = rest[1..end];
        var (left, right) = (inner is ['|' or '｜', ..], inner is [_, .., '|' or '｜']);
        var name = inner.Trim("|｜").ToString();
        if (name.Length == 0) return default;
        if (rest[end] is '>' or '▷') return (end + 1, name, left, right);
        // A tag with attributes, such as <function name="…">.
        if (rest[end] != ' ' || left || TokenNames.OfTag(name, out _) is not (MarkKind.ToolBegin or MarkKind.ThoughtsBegin)) return default;
        var close = rest[..Math.Min(rest.Length, LongestTag)].IndexOf('>');
        return close >= 0 ? (close + 1, name, false, false) : (final || rest.Length >= LongestTag ? 0 : -1, "", false, false);
    }

    private static bool IsNamed(char c) => char.IsLetterOrDigit(c) || c is '_' or '▁' or '|' or '｜' or '/' or '.' or ':' or '-' or '=';
}
