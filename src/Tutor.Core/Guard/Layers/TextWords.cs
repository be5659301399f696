using System.Text.RegularExpressions;

namespace Tutor.Core.Guard.Layers;

/// <summary>Words of a text in lower case, and runs of them.</summary>
internal static partial class TextWords
{
    public static string[] Of(string text) => [.. Word().Matches(text).Select(m => m.Value.Replace('’', '\'').ToLowerInvariant())];

    public static HashSet<string> Runs(string[] words, int length) => [.. Windows(words, length)];

    public static IEnumerable<string> Windows(string[] words, int length) =>
        Enumerable.Range(0, Math.Max(0, words.Length - length + 1)).Select(i => string.Join(' ', words, i, length));

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Word();
}
