using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>A stretch of a prose line whose tokens could stand side by side in a program.</summary>
internal sealed record ProseRun(IReadOnlyList<PythonToken> Tokens)
{
    public string Text => CodeLine.Join(Tokens);

    public static IEnumerable<ProseRun> Read(string line, CodeLanguage? language = null)
    {
        var run = new List<PythonToken>();
        // In a sentence nothing after a number sign is a comment.
        foreach (var token in CodeLexer.Read(line.Replace('#', '\u00a7'), language ?? CodeLanguage.Python, inProse: true))
        {
            if (run.Count > 0 && Breaks(run[^1], token))
            {
                if (run.Count >= 3) yield return new([.. run]);
                run.Clear();
            }
            if (token.Kind != PythonTokenKind.Other) run.Add(token);
        }
        if (run.Count >= 3) yield return new([.. run]);
    }

    /// <summary>Statements in the run, the definition of a function among them.</summary>
    /// <remarks>
    /// "The function should return None" and "after the first pass count = 1" are what tutors say. A lone return counts
    /// only beside other statements, a name set to one number or word not at all.
    /// </remarks>
    public (int Hard, int Returns) CountStatements()
    {
        int hard = 0, returns = 0;
        for (int i = 0; i < Tokens.Count; i++)
        {
            var (token, next) = (Tokens[i], i + 1 < Tokens.Count ? Tokens[i + 1] : default);
            if (token.Is("def") || token.Is("class")) hard += HasNear(i, "(", 2) || HasNear(i, ":", 2) ? 1 : 0;
            else if (token.Is("for")) hard += HasNear(i, "in", 6) && HasNear(i, ":", 24) ? 1 : 0;
            else if (token.Is("while") || token.Is("if") || token.Is("elif")) hard += HasNear(i, ":", 24) && !HasNear(i, ":", 1) ? 1 : 0;
            else if (BraceShape.IsClause(token)) hard++;
            else if (token.Is(";") && i > 0 && Tokens[i - 1].Text is ")" or "]" && Touches(i)) hard++;
            else if (token.Is("return")) returns += next.Kind != PythonTokenKind.Other && next.Text is not null ? 1 : 0;
            else if (CodeShape.AssignmentAt([token]) == 0) hard += i > 0 && !IsPlainValue(i + 1) ? 1 : 0;
            else if (token.Is("(") && i > 2 && Tokens[i - 2].Is(".") && Touches(i - 1) && Touches(i - 2)) hard++;
            // Two calls side by side are lines of a program, not words of a sentence.
            else if (token.Is("(") && i > 1 && Tokens[i - 1].Kind == PythonTokenKind.Name && Tokens[i - 2].Text is ")" or "]" or ";") hard++;
        }
        return (hard, hard > 0 ? returns : 0);
    }

    private static bool Breaks(PythonToken before, PythonToken token)
    {
        if (token.Kind == PythonTokenKind.Other) return true;
        bool names = before.Kind == PythonTokenKind.Name && token.Kind is PythonTokenKind.Name or PythonTokenKind.Number;
        bool bracketInProse = before.Kind == PythonTokenKind.Name && token.Text is "(" && token.Start > before.End && !PythonNames.IsBuiltin(before.Text);
        bool sentenceEnd = before.Text == "." && token.Start > before.End;
        return names || bracketInProse || sentenceEnd;
    }

    private bool Touches(int i) => Tokens[i].Start == Tokens[i - 1].End;

    private bool HasNear(int i, string text, int reach) => Tokens.Skip(i + 1).Take(reach).Any(t => t.Text == text);

    /// <summary>A literal with something in it, and after it the sentence goes on or ends: a value told, not a step.</summary>
    private bool IsPlainValue(int i)
    {
        int end = i, depth = 0, values = 0;
        do
        {
            if (end == Tokens.Count) return false;
            var token = Tokens[end++];
            if (token.Text is "(" or "[" or "{") depth++;
            else if (token.Text is ")" or "]" or "}") depth--;
            else if (token.Kind is PythonTokenKind.Number or PythonTokenKind.String || token.Text is "True" or "False" or "None") values++;
            else if (token.Text is not ("," or ":" or "-")) return false;
        }
        while (depth > 0 || values == 0);
        return end == Tokens.Count || Tokens[end].Text is "," or ";" or "." or "and" or "or" or ")";
    }
}
