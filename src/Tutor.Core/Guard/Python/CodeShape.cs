namespace Tutor.Core.Guard.Python;

/// <summary>Tells code from prose and kinds of line from each other, by tokens alone.</summary>
public static class CodeShape
{
    private static readonly HashSet<string> Assignments = ["=", "+=", "-=", "*=", "/=", "//=", "%=", "**=", "|=", "&=", "^=", "@=", ">>=", "<<=", ":="];

    /// <summary>Whether a line reads as a statement of Python rather than as a sentence.</summary>
    /// <remarks>Also one of a language with braces, told by its last token, and of SQL, told by its first.</remarks>
    public static bool IsStatement(IReadOnlyList<PythonToken> tokens) => BraceShape.IsStatement(tokens) ||
        tokens.Count > 0 && !ReadsAsProse(tokens) && tokens[0] switch
        {
            { Kind: PythonTokenKind.Keyword, Text: var word } => IsKeywordStatement(word, tokens),
            { Kind: PythonTokenKind.Name } => AssignmentAt(tokens) > 0 || IsCall(tokens),
            { Text: "@" } => tokens.Count > 1,
            { Text: "(" or "[" } => AssignmentAt(tokens) > 0,
            _ => false,
        };

    /// <summary>Two names side by side never occur in Python outside strings and comments, nor do its unused characters.</summary>
    public static bool ReadsAsProse(IReadOnlyList<PythonToken> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == PythonTokenKind.Other) return true;
            if (i > 0 && tokens[i - 1].Kind == PythonTokenKind.Name && tokens[i].Kind is PythonTokenKind.Name or PythonTokenKind.Number) return true;
        }
        return false;
    }

    /// <summary>Index of the first assignment operator outside brackets; -1 where there is none.</summary>
    public static int AssignmentAt(IReadOnlyList<PythonToken> tokens)
    {
        int depth = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != PythonTokenKind.Operator) continue;
            if (tokens[i].Text is "(" or "[" or "{") depth++;
            else if (tokens[i].Text is ")" or "]" or "}") depth--;
            else if (depth == 0 && Assignments.Contains(tokens[i].Text)) return i;
        }
        return -1;
    }

    /// <summary>The name a line defines by def, class or lambda, or by "function" as other languages do; null where it defines none.</summary>
    public static string? DefinedName(IReadOnlyList<PythonToken> tokens)
    {
        for (int i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Text is "def" or "class" or "function" && tokens[i + 1].Kind == PythonTokenKind.Name) return tokens[i + 1].Text;
            if (tokens[i].Text == "=" && tokens[i + 1].Text == "lambda" && i > 0) return tokens[i - 1].Text;
        }
        return BraceShape.DefinedName(tokens);
    }

    /// <summary>
    /// Whether a line only shows a value: <c>f([1, 2])</c>, <c>f(3) == 4</c>, <c>lst[0]</c>, <c>print(len(lst))</c>, <c>lst = [5, 2]</c>.
    /// Such lines make a hint concrete ("what does f([]) give?") and build nothing.
    /// </summary>
    public static bool OnlyShowsAValue(IReadOnlyList<PythonToken> tokens, IReadOnlySet<string> requiredNames)
    {
        bool IsFree(PythonToken t) => t.Kind != PythonTokenKind.Name || requiredNames.Contains(t.Text) || t.Text is "print";
        bool literals = tokens.All(t => IsFree(t) && (t.Kind != PythonTokenKind.Keyword || t.Text is "True" or "False" or "None" or "assert"));
        if (literals && AssignmentAt(tokens) < 0) return true;

        bool trace = tokens is [{ Kind: PythonTokenKind.Name }, { Text: "=" }, ..] && tokens.Count > 2
            && tokens.Skip(2).All(t => t.Kind is PythonTokenKind.Number or PythonTokenKind.String || t.Text is "True" or "False" or "None"
                || (t.Kind == PythonTokenKind.Operator && "()[]{},-:".Contains(t.Text)));
        if (trace) return tokens.Skip(2).Any(t => t.Kind != PythonTokenKind.Operator);

        return tokens.All(t => t.Kind is PythonTokenKind.Name or PythonTokenKind.Number or PythonTokenKind.String || t.Text is "[" or "]" or "." or "(" or ")" or ",")
            && tokens.Index().All(x => x.Item.Text != "(" || (x.Index > 0 && (tokens[x.Index - 1].Text is "len" or "type" or "print" || requiredNames.Contains(tokens[x.Index - 1].Text))));
    }

    /// <summary>Names, dots and brackets with anything in them: <c>a.b(1)[0]</c>, not <c>a + b(1)</c>.</summary>
    private static bool IsOneOperand(IReadOnlyList<PythonToken> tokens)
    {
        int depth = 0;
        foreach (var token in tokens)
        {
            if (token.Text is "(" or "[" or "{") depth++;
            else if (token.Text is ")" or "]" or "}") depth--;
            else if (depth == 0 && token.Kind != PythonTokenKind.Name && token.Text != ".") return false;
        }
        return true;
    }

    private static bool IsKeywordStatement(string word, IReadOnlyList<PythonToken> tokens) => word switch
    {
        "for" => tokens.Any(t => t.Is("in")) && tokens.Any(t => t.Is(":")),
        "while" or "if" or "elif" or "with" or "def" or "class" or "except" or "async" => tokens.Count > 2 && tokens.Any(t => t.Is(":")),
        "else" or "try" or "finally" => tokens.Count > 1 && tokens[1].Is(":"),
        "return" or "del" or "raise" or "import" or "from" or "assert" or "yield" or "global" or "nonlocal" => tokens.Count > 1,
        "pass" or "break" or "continue" => tokens.Count == 1,
        "True" or "False" or "None" or "not" or "await" or "lambda" => false,
        _ => false,
    };

    private static bool IsCall(IReadOnlyList<PythonToken> tokens) =>
        tokens.Count > 2 && tokens[^1].Is(")") && IsOneOperand(tokens) && tokens.Index().Any(x => x.Item.Is("(") && x.Index > 0
            && tokens[x.Index - 1].Kind == PythonTokenKind.Name && (tokens[x.Index - 1].End == x.Item.Start || (x.Index == 1 && PythonNames.IsBuiltin(tokens[0].Text))));
}
