using Tutor.Core.Guard.Python;

namespace Tutor.Core.Flags.Similarity;

/// <summary>Fingerprints of a program's runs of tokens. Names and values count as one of their kind, so that renaming changes nothing.</summary>
/// <remarks>Winnowing (Schleimer, Wilkerson, Aiken 2003), k = 8 tokens, w = 5.</remarks>
internal sealed class CodePrints
{
    private const int RunLength = 8;
    private const int Window = 5;

    private CodePrints(int tokens, HashSet<ulong> prints) => (Tokens, Prints) = (tokens, prints);

    public int Tokens { get; }
    public HashSet<ulong> Prints { get; }

    public static CodePrints Of(string program)
    {
        var tokens = PythonLexer.Read(program).Where(t => t.Kind != PythonTokenKind.Comment && !string.IsNullOrWhiteSpace(t.Text)).Select(Hash).ToList();
        var runs = new List<ulong>();
        for (var at = 0; at + RunLength <= tokens.Count; at++)
        {
            var run = 14695981039346656037UL;
            for (var i = 0; i < RunLength; i++) run = Mix((run ^ tokens[at + i]) * 1099511628211UL);
            runs.Add(run);
        }

        var prints = new HashSet<ulong>();
        for (var at = 0; at + Window <= runs.Count; at++)
        {
            var least = runs[at];
            for (var i = 1; i < Window; i++) least = Math.Min(least, runs[at + i]);
            prints.Add(least);
        }

        return new CodePrints(tokens.Count, runs.Count is > 0 and < Window ? [.. runs] : prints);
    }

    private static ulong Hash(PythonToken token)
    {
        var text = token.Kind switch { PythonTokenKind.Name => "name", PythonTokenKind.Number => "number", PythonTokenKind.String => "text", _ => token.Text };
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
