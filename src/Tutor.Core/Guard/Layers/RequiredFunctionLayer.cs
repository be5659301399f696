using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L2, second rule: whoever defines the function the task asks for, otherwise than the student did, gives the answer.</summary>
internal sealed class RequiredFunctionLayer : ILeakLayer
{
    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<HintCode> earlier, KnownWork work, GuardLimits limits)
    {
        foreach (var (source, lines) in hint.Blocks)
            if (DefinesAnew(lines, work)) yield return Leak(source);

        // The same cut into inline pieces: the definition, then at least two statements that are not the student's.
        bool defined = false;
        var pieces = new List<string>();
        foreach (var (source, lines) in hint.Spans)
        {
            if (lines.Any(l => Defines(l, work))) defined = true;
            if (defined && lines.Any(l => CodeShape.IsStatement(l.Tokens) && !work.IsQuote(l) && !CodeShape.OnlyShowsAValue(l.Tokens, work.RequiredNames))) pieces.Add(source);
        }
        if (pieces.Count >= 2) yield return Leak(string.Join('\n', pieces));

        foreach (var run in hint.ProseRuns)
        {
            var (hard, returns) = run.CountStatements();
            bool defines = run.Tokens.Index().Any(x => x.Item.Is("def") && x.Index + 1 < run.Tokens.Count && work.RequiredNames.Contains(run.Tokens[x.Index + 1].Text));
            if (defines && hard + returns >= 2 && !work.IsQuote(run.Text)) yield return Leak(run.Text);
        }
    }

    private static bool DefinesAnew(IReadOnlyList<CodeLine> lines, KnownWork work)
    {
        for (int at = 0; at < lines.Count; at++)
        {
            if (!Defines(lines[at], work)) continue;
            int end = at + 1;
            while (end < lines.Count && (lines[end].Indent > lines[at].Indent || lines[end].IsElision)) end++;
            CodeLine[] function = [.. lines.Take(new Range(at, end))];
            bool hasBody = function.Skip(1).Any(l => !l.IsElision && l.Text != "pass") || !lines[at].Text.EndsWith(':');
            if (hasBody && !work.IsQuotedRun(function)) return true;
        }
        return false;
    }

    private static bool Defines(CodeLine line, KnownWork work) => CodeShape.DefinedName(line.Tokens) is { } name && work.RequiredNames.Contains(name);

    private static LeakVerdict Leak(string span) => new(LeakLayer.OwnIdentifiers, span, "Defines the function the task asks for, otherwise than the student did.");
}
