namespace Tutor.Core.Guard.Python;

/// <summary>The names one line of code reads and gives a value to, told by tokens alone.</summary>
/// <param name="Read">Names whose value the line needs, built-in ones among them.</param>
/// <param name="Set">Names it gives a value: targets of assignments and loops, parameters, imports.</param>
public sealed record NameUses(IReadOnlyList<string> Read, IReadOnlyList<string> Set)
{
    // "int total": in languages that declare, the name after a type is given its first value there.
    private static readonly HashSet<string> Types = ["int", "long", "short", "byte", "char", "float", "double", "boolean", "bool", "var", "let", "const", "String", "unsigned", "signed", "Integer", "Double"];

    public static NameUses Of(IReadOnlyList<PythonToken> tokens)
    {
        var set = new HashSet<string>();
        var read = new List<string>();
        bool defines = tokens is [{ Text: "def" or "class" or "import" or "from" or "global" or "nonlocal" }, ..];
        int assigned = CodeShape.AssignmentAt(tokens);
        bool plain = assigned > 0 && tokens[assigned].Text == "=";
        bool target = false;
        for (int i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Is("for") || token.Is("as") || token.Is("lambda")) target = true;
            else if (token.Is("in") || token.Is(":") || token.Is(")")) target = false;
            if (token.Kind != PythonTokenKind.Name || IsAttribute(tokens, i) || IsArgumentName(tokens, i)) continue;
            bool whole = i + 1 < tokens.Count && tokens[i + 1].Text is not ("." or "[" or "(");
            bool declared = i > 0 && (tokens[i - 1].Kind == PythonTokenKind.Name || (tokens[i - 1].Kind == PythonTokenKind.Keyword && Types.Contains(tokens[i - 1].Text)));
            if (defines || target || declared || (plain && i < assigned && whole)) set.Add(token.Text);
            else read.Add(token.Text);
        }
        // What a comprehension or a loop binds is bound on its whole line; what is assigned only after it.
        bool IsLocal(string name) => set.Contains(name) && !(plain && tokens.Take(assigned).Any(t => t.Text == name));
        return new([.. read.Where(name => !IsLocal(name)).Distinct()], [.. set]);
    }

    private static bool IsAttribute(IReadOnlyList<PythonToken> tokens, int i) => i > 0 && tokens[i - 1].Is(".");

    private static bool IsArgumentName(IReadOnlyList<PythonToken> tokens, int i) =>
        i > 0 && i + 1 < tokens.Count && tokens[i - 1].Text is "(" or "," && tokens[i + 1].Is("=") && tokens.Take(i).Any(t => t.Is("("));
}
