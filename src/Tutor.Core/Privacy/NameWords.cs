using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Tutor.Core.Privacy;

/// <summary>A word of a text as names are compared: without case, accents, apostrophes.</summary>
internal readonly record struct NameWord(int Start, int Length, string Folded, bool Capital, bool InIdentifier)
{
    public int End => Start + Length;
}

/// <summary>Splits texts and programs into words, <c>mariaLopez</c> and <c>maria_lopez</c> into two, each with its place.</summary>
internal static class NameWords
{
    /// <summary>Names that are words as well. Alone they count only where a sentence is plainly about a person.</summary>
    public static FrozenSet<string> AlsoWords { get; } = (
        "will may mark rose grace joy chase bill hope art rich young long king page price day summer case max min sum june april august faith dawn rob pat sue drew jack "
        + "frank guy gene ray dale heath dean earl duke law lane hill wood woods stone field fields brown white black green gray grey gold silver cook baker miller smith carter "
        + "taylor turner mason fisher hunter archer walker porter butler potter ford rivers brooks banks bush fox wolf bird lee li an do so to le la da de he she bo ma an yu in my "
        + "bell cross love best good strong sharp small short little power powers major penny ruby pearl jade ivy lily daisy violet olive ginger basil sage christian paris london "
        + "victoria virginia georgia carolina florence sydney austin dallas houston jordan chad india china asia holly noel carol melody harmony destiny trinity miles nick skip chip "
        + "rusty sandy rocky stormy sunny windy misty cherry candy honey star sky ocean river lake march may mon tue wed sat sun jan mar sep dec class method list string int float "
        + "range path data set key value self main test code array object type index student instructor teacher welfare true false none ten song kim gang yang sung van von der den bin al el san")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static List<NameWord> Of(string text)
    {
        var words = new List<NameWord>();
        for (var at = 0; at < text.Length;)
        {
            if (!IsLetter(text, at))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && (IsLetter(text, end) || (IsApostrophe(text[end]) && end + 1 < text.Length && IsLetter(text, end + 1) && !IsPossessive(text, end)))) end++;
            var compound = Compound(text, at, end);
            foreach (var (start, stop) in Humps(text, at, end))
                words.Add(new NameWord(start, stop - start, Fold(text[start..stop]), char.IsUpper(text[start]), compound || start != at || stop != end));
            at = end;
        }

        return words;
    }

    /// <summary>Letters only, lower case, without accents; letters that have no base form are spelled as people type them.</summary>
    public static string Fold(string word)
    {
        if (word.All(char.IsAsciiLetter)) return word.ToLowerInvariant();
        var plain = new StringBuilder(word.Length);
        foreach (var c in word.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || IsApostrophe(c)) continue;
            plain.Append(char.ToLowerInvariant(c) switch
            {
                'ß' => "ss", 'ø' => "o", 'ł' => "l", 'đ' or 'ð' => "d", 'ı' => "i", 'æ' => "ae", 'œ' => "oe", 'þ' => "th",
                var other => other.ToString(),
            });
        }

        return plain.ToString();
    }

    private static bool IsLetter(string text, int at) =>
        char.IsLetter(text[at]) || CharUnicodeInfo.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsApostrophe(char c) => c is '\'' or '’' or 'ʼ' or '`' or '´';

    private static bool IsPossessive(string text, int at) =>
        char.ToLowerInvariant(text[at + 1]) == 's' && (at + 2 == text.Length || !char.IsLetter(text[at + 2]));

    private static bool Compound(string text, int start, int end) =>
        (start > 0 && (text[start - 1] == '_' || char.IsAsciiDigit(text[start - 1]))) || (end < text.Length && (text[end] == '_' || text[end] == '('));

    private static IEnumerable<(int Start, int End)> Humps(string text, int start, int end)
    {
        var from = start;
        for (var at = start + 1; at < end; at++)
        {
            // "McDonald" and "DeShawn" are one name; "sortMaria" and "MariaLopez" are two words.
            if (!char.IsUpper(text[at]) || !char.IsLower(text[at - 1]) || at - from < 3) continue;
            yield return (from, at);
            from = at;
        }

        yield return (from, end);
    }
}
