using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Writes hints without a model: it recognises the misconception and takes the instructor's own words for it.</summary>
/// <remarks>
/// The misconception whose signature asks for most, and gets it, is taken; among equals the first in the file. The one of
/// the previous hint is kept while it still fits, so that a student can climb its ladder. Where none fits, the ladder's
/// <c>otherwise</c> serves, and where that is missing the hints that come with Tutor. What the thread has said already comes
/// again only when nothing else is left to say, at that level or below it. Deterministic, with no state.
/// </remarks>
public static class LadderWriter
{
    public static LadderHint Write(LadderRequest request)
    {
        var level = request.Level > request.Policy.HighestLevel ? request.Policy.HighestLevel : request.Level;
        return request.Exercise.Kind == ExerciseKind.Writing ? WritingLadder.Write(request, level) : CodeLadder.Write(request, level);
    }

    /// <summary>The misconceptions that fit the work, the one to speak about first.</summary>
    /// <param name="weight">Higher is taken first.</param>
    internal static IEnumerable<(Misconception Misconception, SignatureMatch Match)> Fitting(LadderRequest request, SignatureMatcher matcher, Func<SignatureMatch, double> weight)
    {
        var fitting = new List<(Misconception Misconception, SignatureMatch Match)>();
        foreach (var misconception in request.Exercise.Ladder.Misconceptions)
        {
            if (matcher.Best(misconception) is { } match) fitting.Add((misconception, match));
        }

        var previous = request.Thread.Count > 0 ? request.Thread[^1].MisconceptionId : null;
        return fitting.OrderByDescending(f => f.Misconception.Id == previous).ThenByDescending(f => weight(f.Match));
    }

    /// <summary>The first hint of a level the thread has not said yet, else one of a lower level, else the first.</summary>
    /// <param name="hints">What can be said at a level, best first; never empty.</param>
    internal static LadderHint FirstUnsaid(LadderRequest request, HintLevel level, Func<HintLevel, IEnumerable<LadderHint>> hints)
    {
        LadderHint? first = null;
        for (var l = level; l >= HintLevel.Nudge; l--)
        {
            foreach (var hint in hints(l))
            {
                if (!request.Thread.Any(turn => turn.Answer.Contains(hint.Text, StringComparison.Ordinal))) return hint;
                first ??= hint;
            }
        }

        return first!;
    }

    /// <summary>The rung for a level: the level itself, else the nearest below it; null where the ladder starts higher.</summary>
    internal static (HintLevel Level, string Text)? RungFor(IReadOnlyDictionary<HintLevel, string> hints, HintLevel level)
    {
        for (var l = level; l >= HintLevel.Nudge; l--)
        {
            if (hints.TryGetValue(l, out var text) && text.Length > 0) return (l, text);
        }

        return null;
    }

    /// <param name="because">Completes "It was chosen because ..."; without the full stop.</param>
    internal static string Reason(LadderRequest request, string writer, string because, string? misconceptionId, HintLevel level)
    {
        var author = writer == HintWriter.Ladder ? "This hint was written by your instructor." : "This is one of the general hints that come with Tutor; your instructor wrote none for this case.";
        var again = misconceptionId is not null && request.Thread.Any(t => t.MisconceptionId == misconceptionId && t.Level == level);
        return $"{author} It was chosen because {because}.{(again ? " You have had it before: the same difficulty still shows." : "")}";
    }
}
