using System.Text;

namespace Tutor.Core.Privacy.Export;

/// <summary>The last look before data leaves: whether any full name or address of the roster is still in it.</summary>
/// <remarks>On purpose by other means than the finder: both texts are reduced to their letters, and one is looked for in the other.</remarks>
public sealed class NameCheck
{
    // By their first word: of 2,000 people a text is compared with those whose names can begin in it.
    private readonly ILookup<string, (string Form, string Name)> forms;
    private readonly IReadOnlyList<string> addresses;
    private readonly HashSet<string> found = [];

    public NameCheck(IReadOnlyList<RosterPerson> people)
    {
        forms = people.SelectMany(FormsOf).ToLookup(form => form.Form.Split(' ')[1], StringComparer.Ordinal);
        addresses = [.. people.Select(person => person.Email).OfType<string>().Where(address => address.Length > 0)];
    }

    /// <summary>Names and addresses that were found so far, as the roster has them.</summary>
    public IReadOnlyList<string> Found => [.. found];

    public void Look(string text)
    {
        var letters = Letters(text);
        foreach (var word in letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
            foreach (var (form, name) in forms[word])
                if (letters.Contains(form, StringComparison.Ordinal)) found.Add(name);
        // An address without its sign is none.
        foreach (var address in text.Contains('@', StringComparison.Ordinal) ? addresses : [])
            if (text.Contains(address, StringComparison.OrdinalIgnoreCase)) found.Add(address);
    }

    private static IEnumerable<(string Form, string Name)> FormsOf(RosterPerson person)
    {
        var words = Letters(person.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return [];
        string[] forms = [$" {string.Join(' ', words)} ", $" {words[^1]} {string.Join(' ', words[..^1])} ", $" {words[0]} {words[^1]} "];
        return forms.Distinct(StringComparer.Ordinal).Select(form => (form, person.Name));
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
