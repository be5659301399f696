using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L2, second rule: whoever defines the function the task asks for, otherwise than the student did, gives the answer.</summary>
internal sealed class RequiredFunctionLayer : ILeakLayer
{
    // A definition and two statements; fewer are names dropped in passing.
    private const int LeastPieces = 3;
    private const double MostOfProgram = 0.7;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        foreach (var piece in hint.Pieces.Where(p => p.IsBlock && DefinesAnew(p.Lines, work))) yield return Leak(piece.Source);
        if (InPieces([hint], work) is { } pieces) yield return Leak(pieces);
        else if (earlier.Count > 0 && hint.Lines.Any(l => IsStep(l, work) && !work.IsWholeLine(l)) && InPieces([.. earlier.Select(e => e.Hint), hint], earlier[0].Work) is { } overThread)
            yield return new(LeakLayer.OwnIdentifiers, overThread, "With earlier hints, the function the task asks for, line by line.");

        foreach (var run in hint.ProseRuns)
        {
            var (hard, returns) = run.CountStatements();
            bool defines = run.Tokens.Index().Any(x => x.Item.Is("def") && x.Index + 1 < run.Tokens.Count && work.RequiredNames.Contains(run.Tokens[x.Index + 1].Text));
            if (defines && hard + returns >= 2 && !work.IsQuote(run.Text)) yield return Leak(run.Text);
        }
    }

    /// <summary>The same cut into small pieces: the definition, then statements that do not follow it so in the student's program.</summary>
    private static string? InPieces(IReadOnlyList<HintCode> hints, KnownWork work)
    {
        CodePiece[] all = [.. hints.SelectMany(h => h.Pieces)];
        CodeLine[] lines = [.. all.Where(p => p.Lines.Count == 1 || !work.IsQuotedRun(p.Lines)).SelectMany(p => p.Lines)
            .SkipWhile(l => !Defines(l, work)).Where(l => l.IsElision || IsStep(l, work))];
        int foreign = lines.Skip(1).Count(l => !work.IsQuote(l));
        // Quoting a few lines in passing is no program; quoting most of them in another order or without one of them is.
        bool program = foreign > 0 ? lines.Length > LeastPieces : lines.Length >= MostOfProgram * work.StudentLines.Count;
        bool rearranged = program && !work.IsQuotedRun(lines, anyShape: lines.All(l => l.Indent == lines[0].Indent));
        bool added = foreign >= 2 && all.All(p => p.Lines.Count <= 1);
        return added || rearranged ? string.Join('\n', lines.Select(l => l.Text)) : null;
    }

    private static bool IsStep(CodeLine line, KnownWork work) => CodeShape.IsStatement(line.Tokens) && !CodeShape.OnlyShowsAValue(line.Tokens, work.RequiredNames);

    private static bool DefinesAnew(IReadOnlyList<CodeLine> lines, KnownWork work)
    {
        // A list of lines may have lost its indentation; then all that follows is the body.
        bool flat = lines.All(l => l.Indent == lines[0].Indent);
        for (int at = 0; at < lines.Count; at++)
        {
            if (!Defines(lines[at], work)) continue;
            int end = at + 1;
            while (end < lines.Count && (flat || lines[end].Indent > lines[at].Indent || lines[end].IsElision)) end++;
            CodeLine[] function = [.. lines.Take(new Range(at, end))];
            bool hasBody = function.Skip(1).Any(l => !l.IsElision && l.Text != "pass") || !lines[at].Text.EndsWith(':');
            if (hasBody && !work.IsQuotedRun(function, anyShape: flat)) return true;
        }
        return false;
    }

    private static bool Defines(CodeLine line, KnownWork work) => CodeShape.DefinedName(line.Tokens) is { } name && work.RequiredNames.Contains(name);

    private static LeakVerdict Leak(string span) => new(LeakLayer.OwnIdentifiers, span, "Defines the function the task asks for, otherwise than the student did.");
}
