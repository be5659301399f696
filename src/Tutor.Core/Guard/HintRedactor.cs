using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core.Guard.Reading;

namespace Tutor.Core.Guard;

/// <summary>Cuts the leaking blocks and spans out of a hint.</summary>
internal static partial class HintRedactor
{
    /// <summary>Fewer words of prose than this do not make a hint.</summary>
    private const int LeastWords = 40;

    public static async Task<string?> RedactAsync(LeakGuard guard, string hint, CancellationToken cancel)
    {
        var text = guard.Read(hint);
        var kept = new StringBuilder();
        foreach (var part in text.Parts)
        {
            string source = text.Text[part.Start..part.End];
            // Judged with what is kept so far: the piece that completes an answer goes, not every piece.
            if (await guard.IsCleanAsync(kept + source, cancel)) kept.Append(source);
            else if (part.Kind != HintPartKind.Code && WithoutSpans(text, part) is var bare && await guard.IsCleanAsync(kept + bare, cancel)) kept.Append(bare);
        }
        string result = HintLinks.Remove(guard.Read(kept.ToString()), 0).Trim();
        bool enough = Word().Count(guard.Read(result).Prose) >= LeastWords;
        return enough && await guard.IsCleanAsync(result, cancel) ? result : null;
    }

    private static string WithoutSpans(HintText text, HintPart part)
    {
        var bare = new StringBuilder(text.Text[part.Start..part.End]);
        foreach (var span in text.Spans.Where(s => s.Start >= part.Start && s.End <= part.End).Reverse())
            bare.Remove(span.Start - part.Start, span.End - span.Start).Insert(span.Start - part.Start, '…');
        return bare.ToString();
    }

    [GeneratedRegex(@"[\p{L}][\p{L}'’-]*", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Word();
}
