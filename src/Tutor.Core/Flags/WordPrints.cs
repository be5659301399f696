using System.Text.RegularExpressions;

namespace Tutor.Core.Flags;

/// <summary>Fingerprints of a text's runs of words, so that copied passages are recognised in another order, case or layout.</summary>
/// <remarks>Winnowing (Schleimer, Wilkerson, Aiken 2003) with runs of k = 8 words and a window of w = 4: every copied run of 11 words shares one.</remarks>
internal static partial class WordPrints
{
    public const int RunLength = 8;
    private const int Window = 4;

    public static HashSet<ulong> Of(string text)
    {
        var words = Words().Matches(text).Select(m => Hash(m.Value)).ToList();
        var runs = new List<ulong>();
        for (var at = 0; at + RunLength <= words.Count; at++)
        {
            var run = 14695981039346656037UL;
            for (var i = 0; i < RunLength; i++) run = Mix(run ^ words[at + i]);
            runs.Add(run);
        }

        if (runs.Count <= Window) return [.. runs];
        var prints = new HashSet<ulong>();
        for (var at = 0; at + Window <= runs.Count; at++) prints.Add(runs.GetRange(at, Window).Min());
        return prints;
    }

    private static ulong Hash(string word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word) hash = (hash ^ char.ToLowerInvariant(c)) * 1099511628211UL;
        return hash;
    }

    // The finaliser of SplitMix64: low bits of FNV alone would make the minimum of a window far from random.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    [GeneratedRegex(@"[\p{L}\p{N}_]+", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Words();
}
