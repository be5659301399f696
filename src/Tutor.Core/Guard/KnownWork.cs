using System.Text.RegularExpressions;
using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard;

/// <summary>What the student already has, prepared once: their work, the starter, the task, and what the references add to it.</summary>
internal sealed partial class KnownWork
{
    private readonly IReadOnlyList<IReadOnlyList<CodeLine>> sources;
    private readonly HashSet<string> ownNames;
    private readonly HashSet<string> variables;
    private readonly HashSet<string> testCalls, testValues;
    private static readonly HashSet<string> EmptySet = [];

    // Every line between spaces, so that one search finds whole tokens only; a line end is no space.
    private readonly string allLines;

    public KnownWork(GuardContext context)
    {
        Context = context;
        RequiredNames = context.RequiredNames.ToHashSet();
        sources = [.. new[] { context.StudentText, context.Starter, context.Task }.Select(text => CodeLine.Read(text, language: context.Language))];
        allLines = string.Join('\n', sources.SelectMany(lines => lines).Select(l => $" {l.Text} "));
        ownNames = [.. sources[0].Concat(sources[1]).SelectMany(l => l.Tokens).Where(t => t.Kind == PythonTokenKind.Name).Select(t => t.Text).Where(PythonNames.IsTelling)];
        ownNames.UnionWith(RequiredNames);
        var uses = sources[0].Concat(sources[1]).Select(l => l.Uses).ToList();
        variables = [.. RequiredNames, .. uses.SelectMany(u => u.Set), .. uses.SelectMany(u => u.Read).Where(n => !PythonNames.IsBuiltin(n))];

        testCalls = LinesOf(context.Tests.Cases.Select(c => c.Call));
        testValues = LinesOf(context.Tests.Cases.Select(c => c.Expected).OfType<string>());

        var have = TokenGrams.Of(context.StudentText, context.Language);
        have.UnionWith(TokenGrams.Of(context.Starter, context.Language));
        MissingGrams = [.. context.References.Select(r => TokenGrams.Of(r, context.Language).Except(have).ToHashSet()).Where(missing => missing.Count > 0)];
    }

    public GuardContext Context { get; }
    public IReadOnlySet<string> RequiredNames { get; }

    /// <summary>Lines of code of the student's program.</summary>
    public IReadOnlyList<CodeLine> StudentLines => sources[0];

    /// <summary>For each reference solution: what it has and the student's program lacks.</summary>
    public IReadOnlyList<IReadOnlySet<string>> MissingGrams { get; }

    /// <summary>Layer L1: whether the line occurs, in whole or within a line, in what the student already has.</summary>
    public bool IsQuote(CodeLine line) => line.IsElision || IsQuote(line.Text);

    public bool IsWholeLine(CodeLine line) => line.IsElision || sources.Any(s => s.Any(l => l.Text == line.Text));

    public bool IsQuote(string normalised) => allLines.Contains($" {normalised} ", StringComparison.Ordinal);

    /// <summary>Whether the lines stand together in what the student already has, in this order and shape; elisions may stand between.</summary>
    /// <param name="anyShape">The lines have lost their indentation; compare their order alone.</param>
    public bool IsQuotedRun(IReadOnlyList<CodeLine> lines, bool anyShape = false)
    {
        for (int start = 0; start < lines.Count; start++)
        {
            if (lines[start].IsElision) continue;
            int end = start;
            while (end < lines.Count && !lines[end].IsElision) end++;
            CodeLine[] run = [.. lines.Take(new Range(start, end))];
            if (!sources.Any(source => ContainsRun(source, run, anyShape))) return false;
            start = end;
        }
        return true;
    }

    /// <summary>Whether code names something of the student's own program or the function the task asks for.</summary>
    public bool UsesOwnNames(CodeLine line) => line.Tokens.Any(t => t.Kind == PythonTokenKind.Name && ownNames.Contains(t.Text));

    /// <summary>
    /// Whether a statement works on the student's variables and on no others, apart from those the hint itself sets up: an example
    /// brings its own, a piece of the answer leaves them to the student's program.
    /// </summary>
    /// <param name="setUp">Names that lines before this one have given a value.</param>
    public bool WorksOnOwnVariables(CodeLine line, IReadOnlySet<string> setUp)
    {
        string[] free = [.. line.Uses.Read.Where(n => !setUp.Contains(n) && (variables.Contains(n) || !PythonNames.IsBuiltin(n)))];
        return free.Length > 0 && free.All(variables.Contains);
    }

    /// <summary>Whether every name in a line, built-in ones apart, is one of the student's program.</summary>
    public bool NamesOnlyOwn(CodeLine line) => WorksOnOwnVariables(line, EmptySet) || (line.Uses is { Set.Count: > 0 } uses && uses.Set.Concat(uses.Read).All(n => variables.Contains(n) || PythonNames.IsBuiltin(n)));

    /// <summary>Whether lines could change what the student's program does: they name something of it, or name nothing at all.</summary>
    public bool CouldBelong(IReadOnlyList<CodeLine> lines)
    {
        string[] names = [.. lines.SelectMany(l => l.Tokens).Where(t => t.Kind == PythonTokenKind.Name && (variables.Contains(t.Text) || !PythonNames.IsBuiltin(t.Text))).Select(t => t.Text)];
        return names.Length == 0 || names.Any(variables.Contains);
    }

    /// <summary>
    /// Whether a line only tells of a run: a call of the function with values, the call of a test, a line of an error message, and
    /// beside a call the value of a test. Put into a program it changes nothing; a value alone could be the right one for a wrong one.
    /// </summary>
    /// <param name="besideACall">The hint holds a call as well.</param>
    public bool TellsOfARun(CodeLine line, bool besideACall) =>
        IsCall(line) || (besideACall && testValues.Contains(line.Text)) || ErrorLine().IsMatch(line.Text);

    /// <summary>Whether a line is a call of the function with values, or the call of a test.</summary>
    public bool IsCall(CodeLine line)
    {
        bool call = line.Tokens is [{ Kind: PythonTokenKind.Name } name, { Text: "(" }, ..] && RequiredNames.Contains(name.Text) && line.Tokens[^1].Is(")")
            && line.Tokens.Skip(1).All(t => t.Kind != PythonTokenKind.Name && (t.Kind != PythonTokenKind.Keyword || t.Text is "True" or "False" or "None"));
        return call || testCalls.Contains(line.Text);
    }

    private HashSet<string> LinesOf(IEnumerable<string> codes) => [.. codes.SelectMany(code => CodeLine.Read(code, language: Context.Language)).Select(l => l.Text)];

    private static bool ContainsRun(IReadOnlyList<CodeLine> source, CodeLine[] run, bool anyShape)
    {
        for (int at = 0; at + run.Length <= source.Count; at++)
            if (Enumerable.Range(0, run.Length).All(i => source[at + i].Text == run[i].Text) && (anyShape || SameShape(source, at, run))) return true;
        return false;
    }

    /// <summary>Indentation may differ in width, not in structure: a line moved one level out is a changed program.</summary>
    private static bool SameShape(IReadOnlyList<CodeLine> source, int at, CodeLine[] run)
    {
        for (int i = 1; i < run.Length; i++)
            for (int j = 0; j < i; j++)
                if (Math.Sign(source[at + i].Indent - source[at + j].Indent) != Math.Sign(run[i].Indent - run[j].Indent)) return false;
        return true;
    }

    // Of a line's tokens, with a space between any two.
    [GeneratedRegex(@"^(?:Traceback \( most recent call last \) :|File "".*"" , line \d+|[A-Z]\w*(?:Error|Exception|Exit|Interrupt|Iteration)(?: :|$))", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex ErrorLine();
}
