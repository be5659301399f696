using System.Text;
using System.Text.RegularExpressions;

namespace Tutor.Core.Flags.Harassment;

/// <summary>Undoes the disguises by which hostile words pass word lists: digits for letters, spaces between letters, two letters swapped, one left out.</summary>
internal static partial class PlainWords
{
    private static readonly string[] words =
    [
        "sick", "disgusted", "disgust", "attack", "attacked", "better", "worst", "nothing", "plague", "animal", "exterminate", "burned", "drown", "stand", "contempt",
        "violent", "women", "woman", "trans", "muslim", "muslims", "immigrant", "immigrants", "black", "disabled", "people", "cancer", "kill", "torture", "suffer",
        "hate", "disgusting", "stupid", "fuck", "trash", "garbage", "despise", "loathe", "scum", "vermin", "murder", "throats", "worthless", "subhuman", "pathetic",
        "repulsive", "threat", "worth", "strangle",
    ];

    // Words of their own that are one letter short of one above.
    private static readonly HashSet<string> own = ["trust", "treat", "kills", "thread", "hates", "wort", "back", "lack"];

    public static string Of(string line)
    {
        var text = SpacedLetters().Replace(line.ToLowerInvariant().Replace('’', '\''), m => Joined(m.Value));
        text = WithDigits().Replace(text, m => m.Value.Any(char.IsAsciiLetter) ? string.Concat(m.Value.Select(Letter)) : m.Value);
        return GluedVerb().Replace(Words().Replace(text, m => Known(m.Value)), "$1 ");
    }

    private static string Joined(string letters)
    {
        if (letters.Length < 5) return letters;
        var alone = letters[0] is 'i' or 'a' && letters.Length > 6;
        return alone ? $"{letters[0]} {letters[2..].Replace(" ", "", StringComparison.Ordinal)}" : letters.Replace(" ", "", StringComparison.Ordinal);
    }

    private static char Letter(char c) => c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', _ => c };

    private static string Known(string word) => word switch
    {
        "fuk" or "fukc" => "fuck",
        "blck" => "black",
        "trns" => "trans",
        "gya" => "gay",
        { Length: < 4 } => word,
        _ => own.Contains(word) ? word : words.FirstOrDefault(k => k != word && (IsSwap(word, k) || IsShort(word, k))) ?? word,
    };

    private static bool IsSwap(string word, string known)
    {
        if (word.Length != known.Length || word[0] != known[0]) return false;
        var at = 1;
        while (at < word.Length && word[at] == known[at]) at++;
        return at + 1 < word.Length && word[at] == known[at + 1] && word[at + 1] == known[at] && word.AsSpan(at + 2).SequenceEqual(known.AsSpan(at + 2));
    }

    private static bool IsShort(string word, string known)
    {
        if (known.Length < 5 || word.Length != known.Length - 1 || word[0] != known[0]) return false;
        var at = 0;
        while (at < word.Length && word[at] == known[at]) at++;
        return word.AsSpan(at).SequenceEqual(known.AsSpan(at + 1));
    }

    [GeneratedRegex(@"(?<![\w'])(?:\w ){1,40}\w(?!\w)", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex SpacedLetters();

    [GeneratedRegex(@"[a-z0-9@$]*[0-9@$][a-z0-9@$]*", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex WithDigits();

    [GeneratedRegex(@"[a-z]+", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(stab|fuck|just|kill|hate)(?=(?:those|all|these|the|pathetic|women|muslims|gays|black|trans|disabled|immigrants)\b)", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex GluedVerb();
}
