using System.Globalization;
using System.Text;

namespace Tutor.Core.Interactions;

/// <summary>Unicode Normalization Form C, in time that grows with the text's length.</summary>
/// <remarks>Sorting a long run of combining marks costs time that grows with its square. No more than 30 in a row are kept, the limit of
/// the Stream-Safe Text Format (Unicode Standard Annex #15, 13); no language stacks as many.</remarks>
internal static class CanonicalText
{
    private const int MostMarks = 30;

    /// <returns>The same instance where nothing had to change.</returns>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text)) return text;

        var safe = Unstack(text);
        return safe.IsNormalized() ? safe : safe.Normalize();
    }

    private static string Unstack(string text)
    {
        StringBuilder? kept = null;
        var (at, run) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            run = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? run + 1 : 0;
            if (run > MostMarks) kept ??= new StringBuilder(text, 0, at, text.Length);
            else kept?.Append(rune.ToString());
            at += rune.Utf16SequenceLength;
        }

        return kept?.ToString() ?? text;
    }
}
