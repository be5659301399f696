using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Tutor.SimulatedHost;

/// <summary>Words that follow from the prompt and the position alone, so that a reader can check every byte after any failure.</summary>
/// <remarks>
/// Tutor marks a student's lines with tags that differ at each attempt, so a prompt names what its words depend on: the last
/// "Case 17" in it. Harmless advice in whole sentences: nothing a leak guard would hold back, or the text would not be the
/// host's any more.
/// </remarks>
public static partial class SimulatedText
{
    private static readonly string[] words =
    [
        "reader", "sentence", "reason", "example", "claim", "paragraph", "doubt", "question", "source", "thought", "order", "point",
        "listener", "detail", "choice", "idea", "contrast", "step", "aim", "view",
    ];

    /// <summary>The answer to a prompt of so many tokens; a token is a word with what stands before it.</summary>
    public static string Of(string prompt, int tokens) => string.Concat(Tokens(prompt, tokens));

    public static IEnumerable<string> Tokens(string prompt, int count)
    {
        var key = CaseNumber().Matches(prompt) is { Count: > 0 } cases ? cases[^1].Groups[1].Value : prompt;
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var mark = key.Length < 20 ? key : Convert.ToHexStringLower(seed.AsSpan(0, 4));
        for (var i = 0; i < count; i++)
        {
            var word = words[(seed[i % seed.Length] + i * 7) % words.Length];
            yield return (i % 9) switch
            {
                0 => i == 0 ? $"On case {mark}:" : "\n\nThen",
                1 => " look",
                2 => " at",
                3 => " the",
                5 => " and",
                6 => " the",
                8 => $" {word}.",
                _ => $" {word}",
            };
        }
    }

    [GeneratedRegex(@"Case (\d+)")]
    private static partial Regex CaseNumber();
}
