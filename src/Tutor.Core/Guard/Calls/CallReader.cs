using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Calls;

/// <summary>Finds calls, and dotted names that stand for calls, in a piece of code.</summary>
internal static class CallReader
{
    public static IEnumerable<LibraryCall> Read(string code)
    {
        var tokens = PythonLexer.Read(code);
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Name) continue;
            bool called = i + 1 < tokens.Count && tokens[i + 1].Is("(") && tokens[i + 1].Start == tokens[i].End;
            bool dotted = i > 1 && tokens[i - 1].Is(".") && tokens[i - 1].End == tokens[i].Start;
            bool defined = i > 0 && (tokens[i - 1].Is("def") || tokens[i - 1].Is("class"));
            if (defined || (!called && !(dotted && i == tokens.Count - 1))) continue;
            if (!dotted) yield return new(null, false, tokens[i].Text, tokens[i].Start);
            else yield return new(OwnerOf(tokens, i - 2), tokens[i - 2].Kind == PythonTokenKind.String, tokens[i].Text, tokens[i].Start);
        }
    }

    private static string OwnerOf(IReadOnlyList<PythonToken> tokens, int at)
    {
        int from = at;
        while (from > 1 && tokens[from - 1].Is(".") && tokens[from - 2].Kind == PythonTokenKind.Name) from -= 2;
        return string.Concat(tokens.Skip(from).Take(at - from + 1).Select(t => t.Text));
    }
}
