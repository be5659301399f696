using System.Text;

namespace Tutor.Core.Interactions;

/// <summary>The visible characters of a text, with the way back to where each stood in the original.</summary>
/// <remarks>What rules look at, so that hidden characters hide nothing from them. What is judged, shown, sent and stored is the original.
/// Every line end is LF here.</remarks>
public sealed class VisibleText
{
    private readonly string original;
    private readonly int[]? origin;

    private VisibleText(string original, string text, int[]? origin, IReadOnlyDictionary<string, int> hidden)
    {
        (this.original, Text, this.origin, Hidden) = (original, text, origin, hidden);
    }

    /// <summary>The text without hidden characters and broken surrogates.</summary>
    public string Text { get; }

    /// <summary>How many characters of each kind were left out.</summary>
    public IReadOnlyDictionary<string, int> Hidden { get; }

    public static VisibleText Of(string original)
    {
        var text = new StringBuilder(original.Length);
        var origin = new int[original.Length];
        var hidden = new Dictionary<string, int>();
        var changed = false;
        for (var at = 0; at < original.Length;)
        {
            // White space to Python and to every reader, so it parts words.
            if (original[at] is '\r' or '\f' or '\v' or '\u0085')
            {
                origin[text.Length] = at;
                text.Append(original[at] == '\r' ? '\n' : ' ');
                changed = true;
                at += original.AsSpan(at).StartsWith("\r\n") ? 2 : 1;
                continue;
            }

            var whole = Rune.TryGetRuneAt(original, at, out var rune);
            var length = whole ? rune.Utf16SequenceLength : 1;
            var kind = whole ? HiddenCharacters.Kind(rune) : "broken";
            if (kind is null)
            {
                for (var i = 0; i < length; i++) origin[text.Length + i] = at + i;
                text.Append(original, at, length);
            }
            else
            {
                hidden[kind] = hidden.GetValueOrDefault(kind) + 1;
            }

            at += length;
        }

        return hidden.Count == 0 && !changed
            ? new VisibleText(original, original, null, hidden)
            : new VisibleText(original, text.ToString(), origin, hidden);
    }

    /// <summary>The span of the original that shows as <paramref name="length"/> visible characters from <paramref name="start"/>.</summary>
    /// <returns>Where it starts in the original, and its exact text there, hidden characters included.</returns>
    public (int Start, string Quote) InOriginal(int start, int length)
    {
        if (origin is null) return (start, original.Substring(start, length));
        if (length == 0) return (start < Text.Length ? origin[start] : original.Length, "");

        var from = origin[start];
        return (from, original[from..(origin[start + length - 1] + 1)]);
    }
}
