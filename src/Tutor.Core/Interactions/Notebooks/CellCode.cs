using System.Text.RegularExpressions;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Interactions.Notebooks;

/// <summary>Makes Python of a notebook's code cells: what only IPython reads (magics, shell commands, help) becomes a comment, every other line stays as it is.</summary>
/// <remarks>Only where a statement begins can a line be IPython's own (https://ipython.readthedocs.io, "IPython syntax"): inside brackets and
/// strings <c>%</c>, <c>!</c> and <c>?</c> belong to Python or to the text.</remarks>
internal sealed partial class CellCode
{
    // These run the cell's code, in the notebook's own namespace. Any other (%%bash, %%html, %%writefile) makes something else of it.
    private static readonly HashSet<string> running =
        ["time", "timeit", "capture", "prun", "lprun", "mprun", "memit", "snakeviz", "pyinstrument", "scalene", "debug", "notify", "ipytest", "mypy", "nbtutor", "wandb"];

    private readonly SortedSet<string> commented = new(StringComparer.Ordinal), otherCells = new(StringComparer.Ordinal);
    private bool awaits;

    /// <summary>What was made a comment, and what Python will not take, in sentences for the student.</summary>
    public string Notice => string.Join(' ', new[]
    {
        commented.Count == 0 ? null : $"Lines that only a notebook understands ({string.Join(", ", commented.Take(4))}) do nothing here and are comments now.",
        otherCells.Count == 0 ? null : $"Cells that begin with {string.Join(" or ", otherCells)} are not Python of this program; they are comments now.",
        awaits ? "Your notebook uses \"await\" outside a function, which only notebooks allow. In a program Python stops there: remove that line, or put it into a function." : null,
    }.OfType<string>());

    public static string Comment(string source) => source.Length == 0 ? "" : "# " + TextLines.Plain(source).Replace("\n", "\n# ", StringComparison.Ordinal);

    public string Read(string source)
    {
        var lines = TextLines.Of(source);
        var output = new List<string>();
        int? function = null;
        for (var at = 0; at < lines.Length; at++)
        {
            if (CellMagic().Match(lines[at]) is { Success: true } cell && !running.Contains(cell.Groups["name"].Value))
            {
                otherCells.Add("%%" + cell.Groups["name"].Value);
                output.AddRange(lines[at..].Select(l => $"# {l}"));
                break;
            }

            if (Own(lines[at]) is { } replaced)
            {
                output.Add(replaced);
                // A command may go on over a backslash.
                while (lines[at].EndsWith('\\') && at + 1 < lines.Length) output.Add($"# {lines[++at]}");
                continue;
            }

            var end = PythonStatement.EndOf(lines, at);
            Watch(string.Join('\n', lines[at..(end + 1)]), ref function);
            output.AddRange(lines[at..(end + 1)]);
            at = end;
        }

        return string.Join('\n', output);
    }

    /// <summary>The same for a program that nbconvert made of a notebook, where magics are calls of get_ipython().</summary>
    public string ReadConverted(string program)
    {
        var lines = TextLines.Of(program);
        var output = new List<string>();
        for (var at = 0; at < lines.Length; at++)
        {
            var end = PythonStatement.EndOf(lines, at);
            var statement = string.Join('\n', lines[at..(end + 1)]);
            if (ConvertedMagic.Read(statement) is { } magic)
            {
                output.Add(magic.Kind switch
                {
                    "run_cell_magic" when running.Contains(magic.Name) => $"# %%{magic.Name}\n{Read(magic.Text)}",
                    "run_cell_magic" => Other(magic),
                    "run_line_magic" or "magic" => Own($"{magic.Lead}%{magic.Name} {magic.Text}".TrimEnd()) ?? statement,
                    _ => Own($"{magic.Lead}!{magic.Name}") ?? statement,
                });
            }
            else
            {
                output.Add(statement);
            }

            at = end;
        }

        return string.Join('\n', output);
    }

    private string Other(ConvertedMagic magic)
    {
        otherCells.Add("%%" + magic.Name);
        return Comment($"%%{magic.Name}\n{magic.Text}");
    }

    /// <returns>What takes the line's place; null where it is Python.</returns>
    private string? Own(string line)
    {
        var (indent, text) = Parts(line);
        if (Timed().Match(text) is { Success: true } timed) return $"{indent}{timed.Groups["lead"].Value}{timed.Groups["code"].Value}  # %time";
        if (Assigned().Match(text) is { Success: true } assigned)
        {
            commented.Add(assigned.Groups["what"].Value);
            // A shell command gives the lines it wrote.
            return $"{indent}{assigned.Groups["lead"].Value}{(assigned.Groups["what"].Value is "%sx" or "%system" or ['!', ..] ? "[]" : "None")}  # {assigned.Groups["what"].Value}{assigned.Groups["rest"].Value}";
        }

        if (text.Length == 0 || !(text[0] is '%' or '!' or '?' or ',' or ';' or '/' || AsksForHelp(text))) return null;

        commented.Add(text[0] is '%' or '!' ? FirstWord().Match(text).Value : "?");
        // A block may have nothing else in it.
        return indent.Length == 0 ? $"# {text}" : $"{indent}pass  # {text}";
    }

    private static (string Indent, string Text) Parts(string line)
    {
        var text = line.TrimStart(' ', '\t', '\f');
        return (line[..^text.Length], text);
    }

    private static bool AsksForHelp(string text) =>
        text.Contains('?') && PythonLexer.Read(text).LastOrDefault(t => t.Kind != PythonTokenKind.Comment) is { Kind: PythonTokenKind.Other, Text: "?" };

    private void Watch(string statement, ref int? function)
    {
        var tokens = PythonLexer.Read(statement).Where(t => t.Kind != PythonTokenKind.Comment).Select(t => t.Text).ToList();
        if (tokens.Count == 0) return;

        var indent = Parts(statement).Indent.Length;
        if (indent <= function) function = null;
        if (function is not null) return;
        if (tokens[0] == "def" || tokens is ["async", "def", ..]) function = indent;
        else if (tokens.Contains("await") || tokens is ["async", "for" or "with", ..]) awaits = true;
    }

    [GeneratedRegex(@"^%%(?<name>\w+)", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex CellMagic();

    // %time runs a statement of the program and says how long it took.
    [GeneratedRegex(@"^(?<lead>(?:[A-Za-z_][^=()'""#%!]*=\s*)?)%time\s+(?<code>\S.*)$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Timed();

    [GeneratedRegex(@"^(?<lead>[A-Za-z_][^=()'""#%!]*=\s*)(?<what>%\w+|!+\S*)(?<rest>.*)$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^[%!]+[\w.-]*", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex FirstWord();
}
