using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core.Interactions;

namespace Tutor.Core.People;

/// <summary>The name a person signs in with, in the one form in which it is stored and looked for.</summary>
/// <remarks>Lists come out of spreadsheets, mail programs and web pages, which put characters around and into an address that nobody
/// sees. Every door brings what it is given into this form, so that a list finds whoever signs in.</remarks>
public static partial class SignInName
{
    public const int Longest = 200;

    /// <returns>The name in lower case and compatibility form (Unicode NFKC), without hidden characters and without what mail programs put
    /// around an address; null where it is no sign-in name: empty, longer than <see cref="Longest"/>, or of several words.</returns>
    public static string? Of(string? given)
    {
        if (given is null || given.Length > 4 * Longest) return null;

        // One wrapping may lie in another, and compatibility forms may hold what the step before looks for.
        var (name, before) = (given, "");
        for (var i = 0; i < 8 && name != before; i++) (before, name) = (name, Step(name));

        return name is { Length: > 0 and <= Longest } && name == before && !name.Any(char.IsWhiteSpace) ? name : null;
    }

    /// <summary>An address as it is shown, in the form in which sign-in names are looked for; null where it is none.</summary>
    public static string? Address(string? given) => Of(given) is { } name && name.Contains('@', StringComparison.Ordinal) ? name : null;

    /// <summary>Why a spreadsheet's cell can be no sign-in name, and what to do; null where it may be one.</summary>
    public static string? SpreadsheetFault(string name) =>
        Scientific().IsMatch(name) || Fraction().IsMatch(name)
            ? "is a number that the spreadsheet has rewritten, so its digits are lost. Format the column as text, fill it again and save the list anew."
        : name.StartsWith('#') && name.EndsWith('!') || name is "#n/a" or "#name?"
            ? "is an error of the spreadsheet's formula. Write the sign-in names as text and save the list anew."
        : null;

    private static string Step(string name)
    {
        var visible = string.Concat(name.EnumerateRunes().Where(IsVisible).Select(rune => rune.ToString()));
        var text = CanonicalText.Of(visible).Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();
        if (text.EndsWith('>') && text.LastIndexOf('<') is var open and >= 0) text = text[(open + 1)..^1];
        if (text.StartsWith("mailto:", StringComparison.Ordinal)) text = text["mailto:".Length..].Split('?', 2)[0];
        foreach (var (left, right) in quotes)
            if (text.Length > 1 && text[0] == left && text[^1] == right) text = text[1..^1];
        return text.Trim().TrimEnd(';', ',').Trim();
    }

    // Joiners and the signs that choose the look of a character belong to texts, not to an address.
    private static bool IsVisible(Rune rune) =>
        HiddenCharacters.Kind(rune) is null && rune.Value is not (0x200C or 0x200D or 0xFE0E or 0xFE0F) && rune != Rune.ReplacementChar;

    private static readonly (char, char)[] quotes = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('„', '“'), ('«', '»'), ('`', '`')];

    // 1.23457e+11 of Excel, 1,23457E+11 where the decimal sign is a comma, 1.23457E11 of others.
    [GeneratedRegex(@"^[0-9]+(?:[.,][0-9]+)?e\+[0-9]+$|^[0-9]+[.,][0-9]+e[0-9]+$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Scientific();

    // 3034567890.0, as data tools write a column of numbers in which one cell was empty.
    [GeneratedRegex(@"^[0-9]{4,}[.,]0+$", RegexOptions.NonBacktracking)]
    private static partial Regex Fraction();
}
