using System.Text;

namespace Tutor.Inference.Sampling;

/// <summary>Looks at a grammar before the library does, which says little of what is wrong and has no bounds of its own.</summary>
internal static class GrammarCheck
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
        var scan = new GrammarScan(grammar);
        while (scan.Read())
        {
            switch (scan.Kind)
            {
                case GrammarPart.Rule: defined.Add(scan.Text.ToString()); break;
                case GrammarPart.Name: used.Add(scan.Text.ToString()); break;
                case GrammarPart.Open: deepest = Math.Max(deepest, ++depth); break;
                case GrammarPart.Close: depth--; break;
                case GrammarPart.Unclosed: Refuse(true, $"a quote or bracket is not closed: {scan.Text[..Math.Min(20, scan.Text.Length)]}"); break;
                case GrammarPart.Times:
                    Refuse(!int.TryParse(scan.Text, out var count) || count > MostRepetitions,
                        $"{{{scan.Text[..Math.Min(20, scan.Text.Length)]}}} are too many repetitions; {MostRepetitions} is the most");
                    break;
            }
        }
        Refuse(deepest > DeepestNesting, $"parentheses are nested {deepest} deep; {DeepestNesting} is the most");
        Refuse(depth != 0, "its parentheses do not match");
        Refuse(defined.Count > MostRules, $"it has {defined.Count} rules; {MostRules} is the most");
        Refuse(!defined.Contains("root"), "it has no rule called root");
        var unknown = used.Find(name => !defined.Contains(name));
        Refuse(unknown is not null, $"it uses the rule {Start(unknown)}, which it does not have");
    }

    private static string? Start(string? name) => name is { Length: > 60 } ? $"{name[..60]}…" : name;

    private static void Refuse(bool wrong, string why)
    {
        if (wrong) throw new GrammarException($"The grammar cannot be used: {why}.");
    }
}
