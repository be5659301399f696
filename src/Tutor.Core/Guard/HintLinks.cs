using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Guard;

/// <summary>Takes addresses of other hosts out of a hint: a model may invent them, and an image's address can carry data away.</summary>
/// <remarks>Code is left alone: an address there is inert. Relative links stay.</remarks>
internal static partial class HintLinks
{
    private const string Removed = "(link removed)";

    /// <returns>The hint from <paramref name="start"/> on.</returns>
    public static string Remove(HintText hint, int start)
    {
        var result = new StringBuilder();
        int at = start;
        var code = hint.CodeBlocks.Select(b => (b.Start, b.End)).Concat(hint.Spans.Select(s => (s.Start, s.End))).Order();
        foreach (var (codeStart, codeEnd) in code.Where(c => c.End > start))
        {
            result.Append(Clean(hint.Text[at..Math.Max(at, codeStart)]));
            at = Math.Max(at, codeStart);
            result.Append(hint.Text, at, codeEnd - at);
            at = codeEnd;
        }
        return result.Append(Clean(hint.Text[at..])).ToString();
    }

    private static string Clean(string prose) => Address().Replace(MarkdownLink().Replace(prose, "${label}"), Removed);

    [GeneratedRegex(@"!?\[(?<label>[^\]]*)\]\(\s*<?(?:[a-z][a-z0-9+.-]*:|[/\\]{2})[^)]*\)", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex MarkdownLink();

    [GeneratedRegex(@"<?\b(?:https?|ftp|file|data|javascript|vbscript|mailto):[^\s>)]+>?|(?<=\]\(\s*)[/\\]{2}[^\s)]+|(?<=\]:\s*)[/\\]{2}\S+|\bwww\.[^\s>)]+", RegexOptions.IgnoreCase, RegexLimit.Milliseconds)]
    private static partial Regex Address();
}
