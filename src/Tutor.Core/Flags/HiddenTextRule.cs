using System.Text;
using Tutor.Core.Interactions;

namespace Tutor.Core.Flags;

/// <summary>Raises a flag where a text carries a message in characters no reader sees.</summary>
/// <remarks>Single zero-width or bidi characters come along with pasted text and other scripts; they are no flag.
/// Eight in a row spell something. A flag emoji such as that of Scotland is a black flag and six tag characters, fewer than that.</remarks>
internal static class HiddenTextRule
{
    private const string Id = "injection-hidden-text";
    private const int Version = 1;
    private const int LeastRun = 8;

    public static FlagFinding? Find(string original, string field)
    {
        var start = 0;
        var run = 0;
        for (var at = 0; at < original.Length;)
        {
            Rune.TryGetRuneAt(original, at, out var rune);
            var hidden = rune.Value is not (0 or 0xFEFF) && HiddenCharacters.Kind(rune) is "tag" or "zero-width" or "bidi control" or "private-use";
            if (hidden && run++ == 0) start = at;
            else if (!hidden) run = 0;

            at += Math.Max(1, rune.Utf16SequenceLength);
            if (run == LeastRun) return Flag(original, start, field);
        }

        return null;
    }

    private static FlagFinding Flag(string text, int start, string field)
    {
        var end = start;
        while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && HiddenCharacters.Kind(rune) is not null) end += rune.Utf16SequenceLength;
        return new FlagFinding(FlagCategory.Injection, Id, Version, FlagSeverity.Review, field, start, text[start..end],
            $"{end - start} characters in a row that no reader sees; they can carry text for a model." + Spelled(text[start..end])) { Threshold = $"{LeastRun} hidden characters in a row" };
    }

    // Tag characters mirror ASCII 0xE0000 above it.
    private static string Spelled(string hidden)
    {
        var letters = string.Concat(hidden.EnumerateRunes().Where(r => r.Value is >= 0xE0020 and <= 0xE007E).Select(r => (char)(r.Value - 0xE0000)));
        return letters.Length == 0 ? "" : $" They spell \"{letters}\".";
    }
}
