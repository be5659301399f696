using System.Text;
using System.Text.RegularExpressions;

namespace Tutor.Core.Interactions;

/// <summary>Takes HTML tags out of Markdown text: pasted pages and word processors leave them behind.</summary>
/// <remarks>
/// Code (fenced or inline) stays as it is, and so does mathematics such as <c>a &lt;b and c&gt; d</c>: only known tag names with
/// tag syntax go. Brackets are matched with a stack, so that taking out a tag leaves no new one behind.
/// </remarks>
public static partial class HtmlStripper
{
    // Longer "tags" are text; looking at them over and over would cost time that grows with the square.
    private const int LongestTag = 2000;

    // Taking out a tag can join backticks to new code and marks to new letters; almost always the second pass finds nothing.
    private const int MostPasses = 8;

    /// <param name="text">Composed (NFC); so is the result.</param>
    public static string Strip(string text, out int tags)
    {
        tags = 0;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var stripped = StripOnce(text, out var found);
            if (found == 0) break;
            text = CanonicalText.Of(stripped);
            tags += found;
        }

        return text;
    }

    private static string StripOnce(string text, out int tags)
    {
        tags = 0;
        if (!text.Contains('<')) return text;

        var output = new StringBuilder(text.Length);
        var open = new Stack<int>();
        var endless = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < text.Length)
        {
            if (MarkdownCode.EndAt(text, at) is var codeEnd && codeEnd > at)
            {
                output.Append(text, at, codeEnd - at);
                open.Clear();
                at = codeEnd;
                continue;
            }

            var c = text[at++];
            output.Append(c);
            if (c == '<')
            {
                open.Push(output.Length - 1);
            }
            else if (c == '>' && open.TryPop(out var start) && output.Length - start <= LongestTag
                && Tag().Match(output.ToString(start, output.Length - start)) is { Success: true } tag)
            {
                output.Length = start;
                tags++;
                if (tag.Groups["hidden"] is { Success: true, Value: var name } && !endless.Contains(name))
                {
                    if (AfterElement(text, at, name) is { } after) at = after;
                    else endless.Add(name);
                }
            }
        }

        return output.ToString();
    }

    // What stands inside <script> and <style> is not text.
    private static int? AfterElement(string text, int at, string name)
    {
        var close = text.IndexOf($"</{name}", at, StringComparison.OrdinalIgnoreCase);
        var end = close < 0 ? -1 : text.IndexOf('>', close);
        return end < 0 ? null : end + 1;
    }

    private const string Names =
        "a|abbr|address|article|aside|audio|b|base|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|embed"
        + "|figcaption|figure|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|noscript|o:p"
        + "|object|ol|option|p|picture|pre|q|s|samp|section|select|small|source|span|strike|strong|sub|summary|sup|svg|table|tbody|td|template|textarea"
        + "|tfoot|th|thead|title|tr|tt|u|ul|var|video|wbr";

    [GeneratedRegex(@"\A<(?:(?<hidden>script|style)\b[^<>]*|!--[^>]*--|!doctype[^<>]*|/?(?:" + Names + @"|script|style)(?:\s*/?|\s[^<>]*=[^<>]*))>\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline, RegexLimit.Milliseconds)]
    private static partial Regex Tag();
}
