using System.Globalization;
using System.Text;
using Tutor.Core.Interactions;

namespace Tutor.Core.People;

/// <summary>A person's name as class lists, Entra ID and learning platforms give it, made fit to be shown and to be looked for.</summary>
public static class PersonName
{
    /// <summary>Stands for a name nobody has given yet. Any name that comes later is better.</summary>
    public const string Unnamed = "Unnamed person";

    /// <summary>The longest name kept, in UTF-16 characters; the longest in class lists seen had 70.</summary>
    public const int Longest = 200;

    /// <returns>The name without hidden characters, on one line and at most <see cref="Longest"/> long; null where no name is left.</returns>
    public static string? Of(string? given)
    {
        if (given is null) return null;

        var text = new StringBuilder();
        // Four times the limit: what follows could only take the place of characters that nobody sees.
        foreach (var rune in Cut(given, 4 * Longest).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) Append(text, ' ');
            else if (IsJoiner(rune) || (HiddenCharacters.Kind(rune) is null && rune != Rune.ReplacementChar)) text.Append(rune.ToString());
        }

        var name = Cut(CanonicalText.Of(text.ToString()), Longest).Trim(' ', '\u200C', '\u200D');
        return name.EnumerateRunes().Any(IsOfAName) && name != Unnamed ? name : null;
    }

    /// <summary>The better of two names of one person: the given one where nothing is known, or where it says all that is known and more.</summary>
    public static string Fuller(string known, string? given) =>
        given is not null && (known == Unnamed || Words(known).IsProperSubsetOf(Words(given))) ? given : known;

    // Persian and the languages of India are misspelt without them.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    // Emoji are symbols; points and dashes alone are what platforms write for "none".
    private static bool IsOfAName(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.OtherLetter;

    private static void Append(StringBuilder text, char space)
    {
        if (text.Length > 0 && text[^1] != space) text.Append(space);
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    private static HashSet<string> Words(string name) =>
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
