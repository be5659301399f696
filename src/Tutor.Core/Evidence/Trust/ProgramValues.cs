using Tutor.Core.Guard.Python;

namespace Tutor.Core.Evidence.Trust;

/// <summary>The values that a program holds as literals, also those written as texts: JSON, a repr, "6 1 2".</summary>
internal static class ProgramValues
{
    private const int LongestProgram = 100_000;
    private const int LongestText = 20_000;
    private const int MostInside = 3;

    private static readonly string[] Separators = ["->", "=>", "=", ":", ";", "|", "\t"];

    /// <param name="tested">Functions that the tests call. What a program tries them with is no table of answers: such statements are left
    /// out, and so are texts that only describe.</param>
    public static HashSet<string> Of(string program, IReadOnlySet<string> tested)
    {
        var source = program.Length <= LongestProgram ? program : program[..LongestProgram];
        var tokens = PythonLexer.Read(source).Where(token => token.Kind != PythonTokenKind.Comment).ToList();
        var keys = new HashSet<string>();
        foreach (var statement in Statements(source, tokens).Where(s => !TriesOut(s, tested)))
        {
            foreach (var literal in SourceLiteral.In(source, [.. statement.Where((token, i) => !Describes(statement, i))])) Add(keys, literal.Value, 0);
        }

        return keys;
    }

    private static void Add(HashSet<string> keys, PyValue value, int inside)
    {
        foreach (var part in ValueKey.AllIn(value))
        {
            if (ValueKey.IsTelling(part)) keys.Add(ValueKey.Of(part));
            if (part is PyStr { Value: var text } && inside < MostInside && text.Length <= LongestText)
            {
                foreach (var written in WrittenIn(text)) Add(keys, written, inside + 1);
            }
        }
    }

    /// <summary>Values that a text writes, as a whole and line by line.</summary>
    private static IEnumerable<PyValue> WrittenIn(string text)
    {
        if (!text.Any(char.IsAsciiDigit) && !text.Contains('[') && !text.Contains('{')) yield break;

        IEnumerable<string> pieces = [text, .. text.Split('\n').Where(line => line.Length < text.Length)];
        foreach (var piece in pieces.SelectMany(p => p.Split(Separators, StringSplitOptions.None).Prepend(p)).Select(p => p.Trim()).Where(p => p.Length > 2).Distinct())
        {
            var python = piece.Replace("true", "True", StringComparison.Ordinal).Replace("false", "False", StringComparison.Ordinal).Replace("null", "None", StringComparison.Ordinal);
            foreach (var form in (string[])[python, $"[{python}]", $"[{string.Join(',', python.Split(' ', StringSplitOptions.RemoveEmptyEntries))}]"])
            {
                if (PythonLiteral.TryParse(form, out var value, out _) && value is not PyStr) yield return value;
            }
        }
    }

    /// <summary>The statements at the left margin, each with what is indented below it.</summary>
    private static IEnumerable<List<PythonToken>> Statements(string source, List<PythonToken> tokens)
    {
        var statement = new List<PythonToken>();
        var depth = 0;
        foreach (var token in tokens)
        {
            var isAtMargin = token.Start == 0 || source[token.Start - 1] == '\n';
            if (isAtMargin && depth == 0 && statement.Count > 0 && token.Text is not ("else" or "elif" or "except" or "finally"))
            {
                yield return statement;
                statement = [];
            }

            statement.Add(token);
            if (token.Kind == PythonTokenKind.Operator) depth += token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" && depth > 0 ? -1 : 0;
        }

        if (statement.Count > 0) yield return statement;
    }

    private static bool TriesOut(List<PythonToken> statement, IReadOnlySet<string> tested) =>
        (statement[0].Kind != PythonTokenKind.Keyword || statement[0].Text == "assert" || (statement.Count > 1 && statement[1].Text == "__name__"))
        && statement.Index().Any(t => tested.Contains(t.Item.Text) && t.Index + 1 < statement.Count && statement[t.Index + 1].Text == "(");

    /// <summary>A text that stands alone, as a docstring does.</summary>
    private static bool Describes(List<PythonToken> statement, int at) =>
        statement[at].Kind == PythonTokenKind.String
        && (at == 0 || statement[at - 1].Text == ":" && statement[at - 1].Line < statement[at].Line)
        && (at + 1 == statement.Count || statement[at + 1].Line > statement[at].Line + statement[at].Text.Count('\n'));
}
