using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L2: new code in the student's own names was written for this task. A generic example does not use them.</summary>
internal sealed class OwnIdentifierLayer : ILeakLayer
{
    // "x = y" has three tokens and says little; from four on a line can carry an answer.
    private const int LeastTokens = 4;
    private const int LeastQuoted = 2;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<HintCode> earlier, KnownWork work, GuardLimits limits)
    {
        var now = OwnLines(hint, work);
        if (now.Count == 0) yield break;
        var before = earlier.SelectMany(h => OwnLines(h, work)).ToHashSet();
        before.ExceptWith(now);
        if (hint.Pieces.FirstOrDefault(p => IsPatch(p, work)) is { } patch)
            yield return new(LeakLayer.OwnIdentifiers, patch.Source, "The student's own lines with a new one among them.");
        else if (now.Count >= limits.OwnLines)
            yield return new(LeakLayer.OwnIdentifiers, string.Join('\n', now), $"{now.Count} new code line(s) in the student's own names.");
        else if (now.Count + before.Count >= limits.OwnLinesInThread)
            yield return new(LeakLayer.OwnIdentifiers, string.Join('\n', now), $"With earlier hints, {now.Count + before.Count} new code lines in the student's own names.");
    }

    private static HashSet<string> OwnLines(HintCode hint, KnownWork work) => [.. hint.Lines.Where(l => IsOwn(l, work)).Select(l => l.Text)];

    /// <summary>A part of the student's program with the repair already in it.</summary>
    private static bool IsPatch(CodePiece piece, KnownWork work) =>
        piece.IsBlock && piece.Lines.Any(l => IsOwn(l, work)) && piece.Lines.Count(l => CodeShape.IsStatement(l.Tokens) && work.IsQuote(l)) >= LeastQuoted;

    private static bool IsOwn(CodeLine line, KnownWork work)
    {
        if (line.Tokens.Count < LeastTokens || !work.UsesOwnNames(line)) return false;
        // Where the instructor allows pseudo-code, steps in words may name the student's variables; an error message always may.
        bool words = CodeShape.ReadsAsProse(line.Tokens);
        bool step = line.Tokens[^1].Is(":") || CodeShape.AssignmentAt(line.Tokens) > 0;
        if (words && (!step || work.Context.AllowedLevel >= Hints.HintLevel.PseudoCode)) return false;
        return !CodeShape.OnlyShowsAValue(line.Tokens, work.RequiredNames) && !work.IsQuote(line);
    }
}
