using System.Text;
using System.Text.RegularExpressions;
using Tutor.Core.Interactions;

namespace Tutor.Core.Privacy;

/// <summary>Finds personal data in what people write, the roster first.</summary>
/// <remarks>How much it finds and how often it is wrong: tests/results/privacy.md.</remarks>
public sealed partial class PersonalDataFinder(PrivacyOptions options)
{
    private readonly Regex? studentId = options.StudentId;

    /// <param name="authorId">Who wrote the text; their own names count wherever they stand.</param>
    /// <returns>In the order of the text, none overlapping: the longer of two that did.</returns>
    public IReadOnlyList<PersonalData> Find(string text, Roster roster, string? authorId = null)
    {
        // A name with a character inside that nobody sees is the same name.
        var visible = VisibleText.Of(text);
        return [.. FindVisible(visible.Text, roster, authorId).Select(place =>
        {
            var (start, quote) = visible.InOriginal(place.Start, place.Length);
            return place with { Start = start, Length = quote.Length };
        })];
    }

    private List<PersonalData> FindVisible(string text, Roster roster, string? authorId)
    {
        var found = PersonalPatterns.Find(text).Concat(roster.Find(text, authorId)).Concat(Introduced(text));
        if (studentId is not null) found = found.Concat(studentId.Matches(text).Select(m => new PersonalData(PersonalDataKind.StudentId, m.Index, m.Length)));

        var kept = new List<PersonalData>();
        var taken = new bool[text.Length];
        foreach (var place in found.OrderByDescending(f => f.Length).ThenBy(f => f.Start).ThenBy(f => f.Kind))
        {
            // None before it was shorter, so one that overlaps it covers one of its ends.
            if (place.Length == 0 || taken[place.Start] || taken[place.End - 1]) continue;
            taken.AsSpan(place.Start, place.Length).Fill(true);
            kept.Add(place);
        }
        return [.. kept.OrderBy(k => k.Start)];
    }

    /// <summary>Puts other words in the place of what was found.</summary>
    public static string Replace(string text, IReadOnlyList<PersonalData> found, Func<PersonalData, string> with)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var place in found)
        {
            result.Append(text, at, place.Start - at).Append(with(place));
            at = place.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    // Somebody outside the roster who is introduced as a person.
    private static IEnumerable<PersonalData> Introduced(string text) =>
        Introductions().Matches(text).Select(m => new PersonalData(PersonalDataKind.Name, m.Groups[1].Index, m.Groups[1].Length));

    [GeneratedRegex(
        @"\b(?:(?i:my name is|i am called|this is|i'm called|name:|author:|submitted by:?|written by:?|@author|dear|hi|hello|regards,|sincerely,|mr\.?|mrs\.?|ms\.?|dr\.?|prof\.?|professor))[ \t\n]{1,2}((?!(?:The|This|That|All|Everyone|Tutor|Sir|Madam|World|There|I|It|Team|Professor|My|An?|Editor|Python|Class)\b)\p{Lu}[\p{L}'’-]{1,24}(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'’-]{1,24}|(?:de|van|von|der|da|bin|al|el|la|di)\b)){0,3})",
        RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Introductions();
}
