using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L2: new code in the student's own names was written for this task. A generic example does not use them.</summary>
internal sealed class OwnIdentifierLayer : ILeakLayer
{
    // "x = y" has three tokens and says little; from four on a line can carry an answer.
    private const int LeastTokens = 4;
    private const int LeastQuoted = 2;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        var now = OwnLines(hint, work);
        if (Rewrites(hint, work))
            yield return Leak(hint.Lines.Where(l => OwnStatementLayer.IsNew(l, work)).Select(l => l.Text), "The student's program again, with something changed.");
        else if (hint.Pieces.FirstOrDefault(p => IsPatch(p, work)) is { } patch)
            yield return Leak([patch.Source], "The student's own lines with a new one among them.");
        else if (now.Count(l => l.IsTelling) is var telling && telling >= limits.OwnLines)
            yield return Leak(now.Select(l => l.Text), $"{telling} new code line(s) in the student's own names.");
        else if (now.Count > 0 && earlier.Count > 0 && earlier.SelectMany(e => OwnLines(e.Hint, e.Work)).Concat(now).DistinctBy(l => l.Text).Count() is var all && all >= limits.OwnLinesInThread)
            yield return Leak(now.Select(l => l.Text), $"With earlier hints, {all} new code lines in the student's own names.");
    }

    private static LeakVerdict Leak(IEnumerable<string> lines, string reason) => new(LeakLayer.OwnIdentifiers, string.Join('\n', lines), reason);

    /// <summary>Lines that use a telling name of the student's, and statements on their variables whatever those are called.</summary>
    private static List<(string Text, bool IsTelling)> OwnLines(HintCode hint, KnownWork work) =>
        [.. hint.Lines.Where(l => IsOwn(l, work)).Select(l => (l.Text, IsTelling: true))
            .Concat(OwnStatementLayer.Lines(hint, work).Select(l => (l.Line.Text, IsTelling: false))).DistinctBy(l => l.Text)];

    /// <summary>A part of the student's program with the repair already in it.</summary>
    private static bool IsPatch(CodePiece piece, KnownWork work) =>
        piece.IsBlock && piece.Lines.Any(l => IsOwn(l, work)) && piece.Lines.Count(l => CodeShape.IsStatement(l.Tokens) && work.IsQuote(l)) >= LeastQuoted;

    /// <summary>Half of the student's program or more, with new statements in its own names among it.</summary>
    private static bool Rewrites(HintCode hint, KnownWork work)
    {
        var statements = hint.Lines.Where(l => CodeShape.IsStatement(l.Tokens)).ToList();
        int quoted = statements.Count(work.IsQuote);
        return quoted > LeastQuoted && quoted * 2 >= work.StudentLines.Count && statements.Any(l => OwnStatementLayer.IsNew(l, work) && work.NamesOnlyOwn(l));
    }

    private static bool IsOwn(CodeLine line, KnownWork work)
    {
        if (line.Tokens.Count < LeastTokens || !work.UsesOwnNames(line)) return false;
        // Where the instructor allows pseudo-code, steps in words may name the student's variables; an error message always may.
        bool words = CodeShape.ReadsAsProse(line.Tokens);
        bool step = line.Tokens[^1].Is(":") || CodeShape.AssignmentAt(line.Tokens) > 0;
        if (words && (!step || work.Context.AllowedLevel >= Hints.HintLevel.PseudoCode)) return false;
        return OwnStatementLayer.IsNew(line, work);
    }
}
