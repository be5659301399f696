using System.Text.RegularExpressions;

namespace Tutor.Core.Privacy.Export;

/// <summary>Lists what no rule took for a name and a person should look at, the rarest first.</summary>
internal static partial class RareWords
{
    private const int Most = 300;

    /// <param name="known">Texts of the course itself: what is written there is no secret.</param>
    public static IReadOnlyList<RareWord> Of(IReadOnlyList<string> texts, IEnumerable<string> known)
    {
        var ordinary = Lower().Matches(string.Join('\n', texts)).Select(m => m.Value)
            .Concat(known.SelectMany(k => Words().Matches(k).Select(m => m.Value.ToLowerInvariant()))).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, (int Times, string Around)>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (Match word in Capital().Matches(text))
            {
                if (ordinary.Contains(word.Value.ToLowerInvariant())) continue;
                var seen = found.GetValueOrDefault(word.Value);
                found[word.Value] = (seen.Times + 1, seen.Around ?? Around(text, word));
            }

        return [.. found.OrderBy(f => f.Value.Times).ThenBy(f => f.Key, StringComparer.Ordinal).Take(Most).Select(f => new RareWord(f.Key, f.Value.Times, f.Value.Around))];
    }

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
