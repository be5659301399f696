using Tutor.Core.Guard.Python;

namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L2: new code in the student's own names was written for this task. A generic example does not use them.</summary>
internal sealed class OwnIdentifierLayer : ILeakLayer
{
    // "x = y" has three tokens and says little; from four on a line can carry an answer.
    private const int LeastTokens = 4;

    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<HintCode> earlier, KnownWork work, GuardLimits limits)
    {
        var now = OwnLines(hint, work);
        if (now.Count == 0) yield break;
        var before = earlier.SelectMany(h => OwnLines(h, work)).ToHashSet();
        before.ExceptWith(now);
        if (now.Count >= limits.OwnLines)
            yield return new(LeakLayer.OwnIdentifiers, string.Join('\n', now), $"{now.Count} new code line(s) in the student's own names.");
        else if (now.Count + before.Count >= limits.OwnLinesInThread)
            yield return new(LeakLayer.OwnIdentifiers, string.Join('\n', now), $"With earlier hints, {now.Count + before.Count} new code lines in the student's own names.");
    }

    private static HashSet<string> OwnLines(HintCode hint, KnownWork work) =>
        [.. hint.Lines.Where(l => l.Tokens.Count >= LeastTokens && work.UsesOwnNames(l) && Counts(l, work)).Select(l => l.Text)];

    private static bool Counts(CodeLine line, KnownWork work)
    {
        // Where the instructor allows pseudo-code, steps in words may name the student's variables; an error message always may.
        bool words = CodeShape.ReadsAsProse(line.Tokens);
        bool step = line.Tokens[^1].Is(":") || CodeShape.AssignmentAt(line.Tokens) > 0;
        if (words && (!step || work.Context.AllowedLevel >= Hints.HintLevel.PseudoCode)) return false;
        return !CodeShape.OnlyShowsAValue(line.Tokens, work.RequiredNames) && !work.IsQuote(line);
    }
}
