using System.Text;

namespace Tutor.Inference.Schemas;

/// <summary>Names of additional properties: any string that is none of the listed names, so that no key comes twice from both.</summary>
internal static class KeyGrammar
{
    // Without escapes, which could spell a listed name in another way.
    private const string Excluded = """ "\\\x7F\x00-\x1F """;

    public static string Except(IReadOnlyCollection<string> names)
    {
        var root = new Node();
        foreach (var name in names)
        {
            var node = root;
            foreach (var rune in name.EnumerateRunes())
                node = node.Next.TryGetValue(rune.Value, out var next) ? next : node.Next[rune.Value] = new();
            node.IsName = true;
        }
        return $"\"\\\"\" {Rest(root)} \"\\\"\"";
    }

    // What may follow from here: a known letter and its own rest, or any other letter and then anything, or the end where no name ends.
    private static string Rest(Node node)
    {
        var known = new StringBuilder();
        var choices = new List<string>();
        foreach (var (rune, next) in node.Next)
        {
            known.Append(GrammarText.InClass(rune));
            choices.Add($"{GrammarText.Literal(char.ConvertFromUtf32(rune))} {Rest(next)}");
        }
        choices.Add($"[^{Excluded.Trim()}{known}] [^{Excluded.Trim()}]*");
        return $"({string.Join(" | ", choices)}){(node.IsName ? "" : "?")}";
    }

    private sealed class Node
    {
        public SortedDictionary<int, Node> Next { get; } = [];
        public bool IsName { get; set; }
    }
}
