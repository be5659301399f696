using System.Text.RegularExpressions;

namespace Tutor.Core.Guard.Python;

/// <summary>One line of code without comment and spacing, so that two spellings of the same line are equal.</summary>
/// <param name="Indent">Columns of white space before it; a tab counts four.</param>
/// <param name="Text">Tokens joined by one space, strings in double quotes.</param>
public sealed partial record CodeLine(int Indent, string Text, IReadOnlyList<PythonToken> Tokens)
{
    /// <summary>A line that stands for left-out code ("..." alone or in a comment).</summary>
    public const string Elision = "...";

    private NameUses? uses;

    public bool IsElision => Text == Elision;

    /// <summary>The names the line reads and gives a value to.</summary>
    public NameUses Uses => uses ??= NameUses.Of(Tokens);

    /// <summary>The line as it can be run.</summary>
    public string Source => new string(' ', Indent) + Text;

    /// <summary>Lines that hold code or an elision; blank lines, comments and doc strings are left out.</summary>
    /// <param name="quoted">Line numbers and prompts before the lines are not part of the code.</param>
    /// <param name="language">Null is Python. Elsewhere indentation says nothing and counts as none.</param>
    public static IReadOnlyList<CodeLine> Read(string code, bool quoted = false, CodeLanguage? language = null)
    {
        code = TextLines.Plain(code);
        if (quoted) code = LineLabels().Replace(code, "");
        string[] raw = code.Split('\n');
        bool indents = language is null || language == CodeLanguage.Python;
        return [.. CodeLexer.Read(code, language ?? CodeLanguage.Python).GroupBy(t => t.Line).Select(g => Of(indents ? raw[g.Key] : "", [.. g])).OfType<CodeLine>()];
    }

    private static CodeLine? Of(string raw, PythonToken[] tokens)
    {
        int indent = IndentOf(raw);
        if (tokens[0] is { Kind: PythonTokenKind.Comment } comment)
            return comment.Text.Contains("...") || comment.Text.Contains('…') ? new(indent, Elision, []) : null;
        PythonToken[] code = [.. tokens.Where(t => t.Kind != PythonTokenKind.Comment)];
        if (code is [.. var statement, { Text: ";" }] && statement.Length > 0) code = statement;
        bool docString = code is [{ Kind: PythonTokenKind.String }];
        return docString ? null : new(indent, Join(code), code);
    }

    /// <summary>Tokens joined by one space, strings in double quotes.</summary>
    public static string Join(IEnumerable<PythonToken> tokens) => string.Join(' ', tokens.Select(Normal));

    private static string Normal(PythonToken token)
    {
        bool single = token.Kind == PythonTokenKind.String && token.Text.EndsWith('\'') && !token.Text.EndsWith("'''") && !token.Text.Contains('"');
        return single ? string.Concat(token.Text.AsSpan(0, token.Text.IndexOf('\'')), "\"", token.Text.AsSpan(token.Text.IndexOf('\'') + 1).TrimEnd('\''), "\"") : token.Text;
    }

    public static int IndentOf(string line)
    {
        int columns = 0;
        foreach (char c in line)
        {
            if (c == '\t') columns += 4;
            else if (c == ' ') columns++;
            else break;
        }
        return columns;
    }

    // Students' work reaches a model with line numbers, and replies quote them: "12 | total = 0", "3: return x", ">>> f(1)".
    [GeneratedRegex(@"^[ \t]*(?:>>> ?|\d+ ?\| ?|\d+: (?=[ \t]*[A-Za-z_]))", RegexOptions.Multiline, RegexLimit.Milliseconds)]
    private static partial Regex LineLabels();
}
