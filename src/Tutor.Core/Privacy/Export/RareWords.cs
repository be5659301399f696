using System.Text.RegularExpressions;

namespace Tutor.Core.Privacy.Export;

/// <summary>Collects what no rule took for a name and a person should look at.</summary>
/// <param name="known">Texts of the course itself: what is written there is no secret.</param>
internal sealed partial class RareWords(IEnumerable<string> known)
{
    private readonly HashSet<string> ordinary = known.SelectMany(text => Words().Matches(text).Select(m => m.Value.ToLowerInvariant())).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Times, string Around)> capitals = new(StringComparer.Ordinal);

    public void Look(string text)
    {
        ordinary.UnionWith(Lower().Matches(text).Select(m => m.Value));
        foreach (Match word in Capital().Matches(text))
        {
            var seen = capitals.GetValueOrDefault(word.Value);
            capitals[word.Value] = (seen.Times + 1, seen.Around ?? Around(text, word));
        }
    }

    /// <returns>The rarest first. Words that somebody also writes small are none.</returns>
    public IReadOnlyList<RareWord> Found() =>
    [
        .. capitals.Where(word => !ordinary.Contains(word.Key.ToLowerInvariant())).OrderBy(word => word.Value.Times).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Select(word => new RareWord(word.Key, word.Value.Times, word.Value.Around)),
    ];

    private static string Around(string text, Match word)
    {
        var from = Math.Max(0, word.Index - 40);
        return TextLines.OnOneLine(text[from..Math.Min(text.Length, word.Index + word.Length + 40)]);
    }

    [GeneratedRegex(@"(?<![\p{L}_\[-])\p{Lu}\p{Ll}{2,}(?![\p{L}_(\]-])", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Capital();

    [GeneratedRegex(@"(?<!\p{L})\p{Ll}{3,}(?!\p{L})", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Lower();

    [GeneratedRegex(@"\p{L}{3,}", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Words();
}
