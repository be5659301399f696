using Tutor.Core.Guard.Layers;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Splicing;

/// <summary>The program that a sentence reads out: "name = input() print(name)" is two lines.</summary>
internal static class ProseProgram
{
    /// <returns>Lines without indentation.</returns>
    public static IReadOnlyList<CodeLine> Read(IEnumerable<ProseRun> runs) =>
        [.. runs.SelectMany(r => Statements(WithoutProse(r.Tokens))).Where(CodeShape.IsStatement).Select(s => new CodeLine(0, CodeLine.Join(s), s))];

    /// <summary>"return x and hand it in": the sentence goes on with a word Python has too.</summary>
    private static IReadOnlyList<PythonToken> WithoutProse(IReadOnlyList<PythonToken> run) =>
        run is [.., { Text: "and" or "or" or "as" or "in" or "is" }, { Kind: PythonTokenKind.Name }] ? [.. run.SkipLast(2)] : run;

    private static IEnumerable<IReadOnlyList<PythonToken>> Statements(IReadOnlyList<PythonToken> run)
    {
        var statement = new List<PythonToken>();
        int depth = 0;
        foreach (var token in run)
        {
            if (statement.Count > 0 && depth == 0 && Begins(statement, token))
            {
                yield return [.. statement];
                statement.Clear();
            }
            depth += token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" ? -1 : 0;
            if (token.Text != ";") statement.Add(token);
        }
        if (statement.Count > 0) yield return statement;
    }

    private static bool Begins(List<PythonToken> statement, PythonToken token)
    {
        var before = statement[^1];
        // "Go on with return x": the sentence's own word is one of Python's too.
        if (statement is [{ Kind: PythonTokenKind.Keyword }] && token.Kind == PythonTokenKind.Keyword) return true;
        bool header = before.Text == ":" && CodeShape.IsStatement(statement);
        bool word = token.Text is "def" or "for" or "while" or "return" or "elif" or "try" or "except" or "import" or "from" or "with" or "break" or "continue" or "pass";
        // "a if b else c" is one expression; an "if" or "else" that begins a line follows a value or a colon, and ends with a colon of its own.
        bool sideBySide = before.Text is ")" or "]" or "}" or "break" or "continue" or "pass" || before.Kind is PythonTokenKind.Name or PythonTokenKind.Number or PythonTokenKind.String;
        return header || token.Text == ";" || before.Text == ";" || (sideBySide && (word || token.Kind is PythonTokenKind.Name || token.Text is "if" or "else"));
    }
}
