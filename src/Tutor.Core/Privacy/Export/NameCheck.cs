using System.Text;

namespace Tutor.Core.Privacy.Export;

/// <summary>The last look before data leaves: whether any full name or address of the roster is still in it.</summary>
/// <remarks>On purpose by other means than the finder: both texts are reduced to their letters, and one is looked for in the other.</remarks>
public static class NameCheck
{
    /// <returns>Names that are there, as the roster has them.</returns>
    public static IReadOnlyList<string> Remaining(IEnumerable<string> texts, IReadOnlyList<RosterPerson> people)
    {
        var all = texts.Select(Letters).ToList();
        var remaining = new List<string>();
        foreach (var person in people)
        {
            var words = Letters(person.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2) continue;
            string[] forms = [$" {string.Join(' ', words)} ", $" {words[^1]} {string.Join(' ', words[..^1])} ", $" {words[0]} {words[^1]} "];
            if (all.Any(text => forms.Any(f => text.Contains(f, StringComparison.Ordinal)))) remaining.Add(person.Name);
        }

        foreach (var person in people.Where(p => p.Email is { Length: > 0 }))
            if (texts.Any(t => t.Contains(person.Email!, StringComparison.OrdinalIgnoreCase))) remaining.Add(person.Email!);
        return [.. remaining.Distinct()];
    }

    private static string Letters(string text)
    {
        var letters = new StringBuilder(" ");
        foreach (var c in NameWords.Fold(text))
            if (char.IsLetter(c)) letters.Append(c);
            else if (letters[^1] != ' ') letters.Append(' ');
        return letters[^1] == ' ' ? letters.ToString() : letters.Append(' ').ToString();
    }
}
