namespace Tutor.Core.Guard.Python;

/// <summary>Lines of languages with braces and semicolons, and clauses of SQL.</summary>
internal static class BraceShape
{
    private static readonly HashSet<string> Clauses = ["SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "JOIN", "LEFT", "RIGHT", "INNER", "INSERT", "UPDATE", "DELETE", "SET", "VALUES", "CREATE", "WITH", "UNION", "LIMIT", "ON"];

    public static bool IsStatement(IReadOnlyList<PythonToken> tokens)
    {
        if (tokens.Count == 0 || tokens.Any(t => t.Kind == PythonTokenKind.Other)) return false;
        if (tokens[0] is { Kind: PythonTokenKind.Keyword } && Clauses.Contains(tokens[0].Text)) return tokens.Count > 1;
        return tokens[^1].Text switch
        {
            "{" => tokens.Count > 1 && (tokens[0].Kind == PythonTokenKind.Keyword || tokens[0].Is("}") || tokens.Any(t => t.Is("("))),
            "}" => tokens.Count == 1,
            ";" => tokens.Count > 1 && !ThreeNamesInARow(tokens) && (tokens[0].Kind == PythonTokenKind.Keyword || tokens.Any(t => t.Text is "=" or "(" or "++" or "+=" or "-=" or "--")),
            _ => false,
        };
    }

    public static bool IsClause(PythonToken token) => token.Kind == PythonTokenKind.Keyword && Clauses.Contains(token.Text);

    /// <summary>The function that a line ending in a brace defines: a name before a bracket, with its type before it.</summary>
    public static string? DefinedName(IReadOnlyList<PythonToken> tokens)
    {
        int arrow = tokens.Index().FirstOrDefault(x => x.Item.Text == "=>", (-1, default)).Item1;
        if (arrow > 0 && tokens.Index().FirstOrDefault(x => x.Item.Is("="), (-1, default)).Item1 is > 0 and var assigned && assigned < arrow) return tokens[assigned - 1].Text;
        if (tokens.Count < 4 || !tokens[^1].Is("{")) return null;
        int bracket = tokens.Index().FirstOrDefault(x => x.Item.Is("("), (-1, default)).Item1;
        bool typed = bracket > 1 && tokens[bracket - 1].Kind == PythonTokenKind.Name && (tokens[bracket - 2].Kind is PythonTokenKind.Name or PythonTokenKind.Keyword || tokens[bracket - 2].Text is ">" or "]" or "*");
        return typed && !tokens[bracket - 2].Is("new") ? tokens[bracket - 1].Text : null;
    }

    private static bool ThreeNamesInARow(IReadOnlyList<PythonToken> tokens)
    {
        for (int i = 2; i < tokens.Count; i++)
            if (tokens[i].Kind == PythonTokenKind.Name && tokens[i - 1].Kind == PythonTokenKind.Name && tokens[i - 2].Kind == PythonTokenKind.Name) return true;
        return false;
    }
}
