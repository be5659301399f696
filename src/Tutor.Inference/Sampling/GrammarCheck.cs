using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tutor.Inference.Sampling;

/// <summary>Looks at a grammar before the library does, which says little of what is wrong and has no bounds of its own.</summary>
internal static partial class GrammarCheck
{
    // The library's parser recurses for parentheses and its check for left recursion once per rule; these bounds keep it within the stack.
    private const int MostBytes = 256 * 1024;
    private const int MostRules = 5_000;
    private const int DeepestNesting = 100;
    private const int MostRepetitions = 2_000;

    /// <exception cref="GrammarException">Says what to change.</exception>
    public static void Check(string grammar)
    {
        Refuse(grammar.Contains('\0', StringComparison.Ordinal), "it has a zero character");
        Refuse(Encoding.UTF8.GetByteCount(grammar) > MostBytes, $"it is longer than {MostBytes / 1024} KiB");

        var (defined, used) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        var (depth, deepest) = (0, 0);
        foreach (Match part in Part().Matches(grammar))
        {
            if (part.Groups["rule"] is { Success: true } rule) defined.Add(rule.Value);
            else if (part.Groups["name"] is { Success: true } name) used.Add(name.Value);
            else if (part.Groups["times"] is { Success: true } times)
            {
                Refuse(!int.TryParse(times.Value, CultureInfo.InvariantCulture, out var count) || count > MostRepetitions, $"{{{times.Value}}} are too many repetitions; {MostRepetitions} is the most");
            }
            else if (part.Groups["open"].Success) Refuse(true, $"a quote or bracket is not closed: {part.Value[..Math.Min(20, part.Length)]}");
            else if (part.Value == "(") deepest = Math.Max(deepest, ++depth);
            else if (part.Value == ")") depth--;
        }
        Refuse(deepest > DeepestNesting, $"parentheses are nested {deepest} deep; {DeepestNesting} is the most");
        Refuse(depth != 0, "its parentheses do not match");
        Refuse(defined.Count > MostRules, $"it has {defined.Count} rules; {MostRules} is the most");
        Refuse(!defined.Contains("root"), "it has no rule called root");
        var unknown = used.Find(name => !defined.Contains(name));
        Refuse(unknown is not null, $"it uses the rule {unknown}, which it does not have");
    }

    private static void Refuse(bool wrong, string why)
    {
        if (wrong) throw new GrammarException($"The grammar cannot be used: {why}.");
    }

    // Texts, character classes and comments are passed over whole, so that what looks like a name inside them is none.
    [GeneratedRegex("""
        "(?:\\.|[^"\\])*(?:"|(?<open>\z)) | \[(?:\\.|[^\]\\])*(?:\]|(?<open>\z)) | \#[^\r\n]* | <\[?[^>\r\n]*\]?>
        | (?<rule>[A-Za-z0-9-]+)(?=\s*::=) | \{\s*(?<times>[0-9]+) | \{?,?\s*[0-9]*\s*\} | (?<name>[A-Za-z0-9-]+) | [()]
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
