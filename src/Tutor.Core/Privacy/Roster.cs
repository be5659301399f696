using System.Text.RegularExpressions;

namespace Tutor.Core.Privacy;

/// <summary>A person of a course, by whose name their texts are searched.</summary>
public sealed record RosterPerson(string Id, string Name, string? Email = null);

/// <summary>The names of a course, ready to be found in texts. Tutor knows who is in a course; that is what makes names findable.</summary>
/// <remarks>
/// Full names count in any case, order and with initials; single names where they are written with a capital and are no common word;
/// an author's own names always. Safe to use from many threads.
/// </remarks>
public sealed partial class Roster
{
    private readonly Dictionary<string, List<Entry>> byWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> joined = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Id)> undivided = [];

    public Roster(IEnumerable<RosterPerson> people)
    {
        foreach (var person in people) Add(person);
    }

    public static Roster Empty { get; } = new([]);

    /// <summary>Places that name somebody of the roster; they may overlap.</summary>
    /// <param name="authorId">Who wrote the text; null where nobody did.</param>
    internal IEnumerable<PersonalData> Find(string text, string? authorId)
    {
        foreach (var (name, id) in undivided)
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
                yield return new PersonalData(PersonalDataKind.Name, at, name.Length, id);

        var words = NameWords.Of(text);
        for (var at = 0; at < words.Count; at++)
        {
            if (joined.TryGetValue(words[at].Folded, out var whole)) yield return Place(words, at, 1, whole);
            if (byWord.TryGetValue(words[at].Folded, out var entries))
            {
                foreach (var entry in entries)
                {
                    var length = Longest(text, words, at, entry);
                    if (length > 0) yield return Place(words, at, length, entry.Id);
                    else if (StandsAlone(text, words, at, entry.Id == authorId)) yield return Place(words, at, 1, entry.Id);
                }
            }
            else if (words[at].Folded.Length == 1 && words[at].Capital && at + 1 < words.Count && byWord.TryGetValue(words[at + 1].Folded, out var named)
                && named.FirstOrDefault(e => e.Words[0][0] == words[at].Folded[0] && e.Words[^1] == words[at + 1].Folded && e.Words.Count > 1) is { } initial
                && Near(text, words[at], words[at + 1]))
            {
                // "M. Lopez"
                yield return Place(words, at, 2, initial.Id);
            }
        }
    }

    private void Add(RosterPerson person)
    {
        var words = NameWords.Of(person.Name).Select(w => w.Folded).Where(w => w.Length > 0).ToList();
        if (words.Count == 0) return;
        if (person.Name.Any(c => c >= 0x2E80)) undivided.Add((person.Name.Trim(), person.Id));

        var entry = new Entry(person.Id, words);
        foreach (var word in words.Distinct())
        {
            if (!byWord.TryGetValue(word, out var list)) byWord[word] = list = [];
            list.Add(entry);
        }

        if (words.Count > 1)
        {
            string[] forms =
            [
                string.Concat(words), words[0] + words[^1], words[^1] + words[0], string.Concat(words.Skip(1).Append(words[0])), words[0][0] + words[^1], words[0] + words[^1][0], words[^1] + words[0][0],
            ];
            // "students" is no user name of Sam Student's.
            foreach (var form in forms.Where(f => f.Length >= 6 && !(f[^1] == 's' && NameWords.AlsoWords.Contains(f[..^1])))) joined.TryAdd(form, person.Id);
        }

        var local = person.Email?.Split('@')[0] ?? "";
        var letters = NameWords.Fold(new string([.. local.TakeWhile(c => !char.IsAsciiDigit(c)).Where(char.IsLetter)]));
        if (letters.Length >= 5) joined.TryAdd(letters, person.Id);
    }

    // The longest run of words from here on that are all this person's: given and family name in any order, some left out, initials between.
    private static int Longest(string text, List<NameWord> words, int at, Entry entry)
    {
        var used = new HashSet<string> { words[at].Folded };
        var (best, next) = (0, at + 1);
        while (next < words.Count && next - at < 8 && Near(text, words[next - 1], words[next]))
        {
            var word = words[next].Folded;
            if (entry.Words.Contains(word) && used.Add(word))
            {
                // "May" and "will" beside each other are a sentence, "May Will" a name.
                if (words[at].Capital || words[next].Capital || !NameWords.AlsoWords.Contains(word) || !NameWords.AlsoWords.Contains(words[at].Folded)) best = next - at + 1;
            }
            else if (word.Length == 1 && words[next].Capital && entry.Words.Any(w => w[0] == word[0] && !used.Contains(w)) && words[at].Capital)
            {
                best = next - at + 1;
            }
            else
            {
                break;
            }

            next++;
        }

        return best;
    }

    private static bool StandsAlone(string text, List<NameWord> words, int at, bool own)
    {
        var word = words[at];
        if (word.Folded.Length < 2) return false;
        var common = NameWords.AlsoWords.Contains(word.Folded);
        if (own && !common && word.Folded.Length > 2) return true;
        if (!word.Capital) return IsSpokenTo(text, word) && !common && word.Folded.Length > 2;
        return !common || IsSpokenTo(text, word) || Acts().IsMatch(text[word.End..Math.Min(text.Length, word.End + 24)]);
    }

    // "Hi Will", "ask May", "@rose", "Author: Mark", "- Joy" at the end of a letter.
    private static bool IsSpokenTo(string text, NameWord word)
    {
        var from = Math.Max(0, word.Start - 24);
        return SpokenTo().IsMatch(text[from..word.Start]);
    }

    // "Will's solution", "May told me".
    [GeneratedRegex(
        @"\A(?:['’]s\b|,? (?:told|says|said|explained|thinks|thought|showed|helped|wrote|and (?:I|me)\b|is my|who)\b)",
        RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Acts();

    [GeneratedRegex(
        @"(?:\b(?:hi|hey|hello|dear|thanks|thank you|cheers|regards|sincerely|best|yours|from|ask(?:ed)?|tell|told|with|prof(?:essor)?\.?|dr\.?|mr\.?|mrs\.?|ms\.?|tutor|ta|name is|i am|i'm|im|by|author|student|name|submitted by|partner|classmate|friend)[ ,:=*""'-]{1,4}|@|\n[-–— ]{0,3})\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex SpokenTo();

    // "Lopez, Maria", "Maria-Jose", "maria_lopez", "MariaLopez", "Maria O. Lopez"; a line end or a full stop after a word parts them.
    private static bool Near(string text, NameWord left, NameWord right)
    {
        var between = text.AsSpan(left.End, right.Start - left.End);
        if (between.Length > 3 || between.IndexOf('\n') >= 0) return false;
        foreach (var c in between)
            if (c is not (' ' or ',' or '-' or '_' or '.' or '\u2010' or '\u00a0')) return false;
        return between.IndexOf('.') < 0 || left.Length == 1 || between.Length == 1;
    }

    private static PersonalData Place(List<NameWord> words, int at, int length, string id) =>
        new(PersonalDataKind.Name, words[at].Start, words[at + length - 1].End - words[at].Start, id)
        {
            InIdentifier = Enumerable.Range(at, length).Any(i => words[i].InIdentifier),
        };

    private sealed record Entry(string Id, IReadOnlyList<string> Words);
}
