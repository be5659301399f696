using Tutor.Core.Guard.Python;

namespace Tutor.Core.Evidence.Trust;

/// <summary>A literal in Python source, as large as it can be read there.</summary>
/// <param name="Start">Offset of its first character.</param>
internal sealed record SourceLiteral(PyValue Value, int Start, int Length)
{
    /// <summary>Characters that may be read over and over in brackets that turn out to be no literal.</summary>
    private const int Patience = 1_000_000;

    /// <summary>The literals of a source, in order. A bracket that is none is looked into.</summary>
    /// <param name="tokens">All of <paramref name="source"/>'s, or a part of them.</param>
    public static IEnumerable<SourceLiteral> In(string source, IReadOnlyList<PythonToken> tokens)
    {
        var closing = ClosingOf(tokens);
        var left = Patience;
        for (var i = 0; i < tokens.Count && left > 0; i++)
        {
            var last = LastOf(tokens, i, closing);
            if (last < i) continue;

            var text = source[tokens[i].Start..tokens[last].End];
            left -= text.Length;
            if (!PythonLiteral.TryParse(text, out var value, out _)) continue;

            yield return new(value, tokens[i].Start, text.Length);
            i = last;
        }
    }

    /// <returns>The token a literal that begins with this one would end with; below it where none can begin.</returns>
    private static int LastOf(IReadOnlyList<PythonToken> tokens, int at, IReadOnlyDictionary<int, int> closing)
    {
        var token = tokens[at];
        if (token.Kind is PythonTokenKind.Number or PythonTokenKind.String || token.Text is "None" or "True" or "False") return at;
        // A minus between two values subtracts.
        if (token.Text == "-" && at + 1 < tokens.Count && tokens[at + 1].Kind == PythonTokenKind.Number) return at == 0 || !EndsValue(tokens[at - 1]) ? at + 1 : -1;
        // What a name or a value is followed by are arguments or an index, and those are values of their own.
        return at > 0 && token.Text is "(" or "[" && EndsValue(tokens[at - 1]) ? -1 : closing.GetValueOrDefault(at, -1);
    }

    private static bool EndsValue(PythonToken token) => token.Kind is PythonTokenKind.Name or PythonTokenKind.Number or PythonTokenKind.String || (token.Kind == PythonTokenKind.Operator && token.Text is ")" or "]" or "}");

    private static Dictionary<int, int> ClosingOf(IReadOnlyList<PythonToken> tokens)
    {
        var closing = new Dictionary<int, int>();
        var open = new Stack<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Operator) continue;
            if (tokens[i].Text is "(" or "[" or "{") open.Push(i);
            else if (tokens[i].Text is ")" or "]" or "}" && open.TryPop(out var start)) closing[start] = i;
        }

        return closing;
    }
}
