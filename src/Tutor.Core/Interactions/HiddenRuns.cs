using System.Text;

namespace Tutor.Core.Interactions;

/// <summary>Where a text holds characters that nobody sees and that do not belong to its writing: they can carry words for a model alone.</summary>
public static class HiddenRuns
{
    // Persian is sometimes typed with two joiners for one; more of them in a row join nothing.
    private const int MostJoiners = 2;

    /// <returns>In the order of the text; a broken half of a surrogate pair counts too.</returns>
    public static IReadOnlyList<(int Start, int Length)> In(string text)
    {
        var runs = new List<(int, int)>();
        var (start, count, joiners) = (0, 0, 0);
        for (var at = 0; at < text.Length;)
        {
            var whole = Rune.TryGetRuneAt(text, at, out var rune);
            if (whole && HiddenCharacters.Kind(rune) is null)
            {
                Finish(at);
            }
            else
            {
                if (count++ == 0) start = at;
                if (whole && Belongs(rune)) joiners++;
            }

            at += whole ? rune.Utf16SequenceLength : 1;
        }

        Finish(text.Length);
        return runs;

        void Finish(int end)
        {
            if (count > 0 && (joiners < count || count > MostJoiners)) runs.Add((start, end - start));
            (count, joiners) = (0, 0);
        }
    }

    /// <summary>A run in words that everybody sees: <c>[U+202E]</c>, <c>[U+E0068 and 11 more hidden characters]</c>.</summary>
    public static string Name(ReadOnlySpan<char> run)
    {
        var (first, count) = ("broken", 0);
        foreach (var rune in run.EnumerateRunes())
        {
            if (count++ == 0 && rune != Rune.ReplacementChar) first = $"U+{rune.Value:X4}";
        }

        return count == 1 ? $"[{first}]" : $"[{first} and {count - 1} more hidden characters]";
    }

    // Words are misspelt and pictures fall apart without them: joiners (Persian, Indic scripts, emoji), marks of direction (Arabic, Hebrew),
    // and selectors of a letter's form (Japanese names, Mongolian).
    private static bool Belongs(Rune rune) => rune.Value is 0x200C or 0x200D or 0x200E or 0x200F or 0x061C or 0x034F
        or (>= 0x180B and <= 0x180D) or 0x180F or (>= 0xFE00 and <= 0xFE0D) or (>= 0xE0100 and <= 0xE01EF);
}
