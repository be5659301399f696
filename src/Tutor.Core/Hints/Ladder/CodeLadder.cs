using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Interactions;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Hints for programs.</summary>
internal static class CodeLadder
{
    public static LadderHint Write(LadderRequest request, HintLevel level)
    {
        var evidence = request.Evidence;
        if (BlankedCode.IsEmpty(request.Work)) return BuiltIn(request, level, BuiltInHints.Empty, new(null, null), "there is no program yet");
        if (evidence.AllPassed) return Solved(request, level);

        return LadderWriter.FirstUnsaid(request, level, l => Hints(request, l));
    }

    private static IEnumerable<LadderHint> Hints(LadderRequest request, HintLevel level)
    {
        var evidence = request.Evidence;
        foreach (var (misconception, match) in LadderWriter.Fitting(request, new(evidence, request.Work, []), match => match.Members))
        {
            var theirs = About.Of(evidence, match);
            if (Filled(misconception.Hints, level, evidence, theirs) is { } rung) yield return Finish(request, rung, theirs, Because(evidence, theirs), misconception, HintWriter.Ladder);
        }

        var about = About.Of(evidence, null);
        var kind = FailureKind.Of(evidence, about.Test);
        // "otherwise" is about the task; a program that waits for somebody to type does not get that far.
        if (kind == FailureKind.NoInput) yield return BuiltIn(request, level, kind, about, Because(evidence, about));

        // "otherwise" is written for programs that run; one that Python cannot read needs its line named.
        if (evidence.State != EvidenceState.LoadFailed && Filled(request.Exercise.Ladder.Otherwise, level, evidence, about) is { } general)
        {
            yield return Finish(request, general, about, Because(evidence, about), null, HintWriter.Ladder);
        }

        yield return BuiltIn(request, level, kind, about, Because(evidence, about));
    }

    private static LadderHint Solved(LadderRequest request, HintLevel level)
    {
        const string because = "your program passes every test";
        return Filled(request.Exercise.Ladder.Solved, level, request.Evidence, new(null, null)) is { } rung
            ? Finish(request, rung, new(null, null), because, null, HintWriter.Ladder)
            : BuiltIn(request, level, "solved", new(null, null), because);
    }

    private static LadderHint BuiltIn(LadderRequest request, HintLevel level, string kind, About about, string because)
    {
        var hints = BuiltInHints.Code[kind];
        // A sentence or two of each may be left out for want of a value, never all: the last resort is the concept.
        var rung = Filled(hints, level, request.Evidence, about) ?? (HintLevel.Nudge, hints[HintLevel.Concept]);
        return Finish(request, rung, about, because, null, HintWriter.BuiltIn);
    }

    private static (HintLevel Level, string Text)? Filled(IReadOnlyDictionary<HintLevel, string> hints, HintLevel level, RunEvidence evidence, About about)
    {
        var facts = RungFacts.Of(evidence, about.Shown, about.Rule);
        for (var rung = LadderWriter.RungFor(hints, level); rung is var (l, text); rung = LadderWriter.RungFor(hints, l - 1))
        {
            if (RungText.Fill(text, facts) is { Length: > 0 } said) return (l, said);
        }

        return null;
    }

    private static LadderHint Finish(LadderRequest request, (HintLevel Level, string Text) rung, About about, string because, Misconception? misconception, string writer)
    {
        var text = rung.Text;
        foreach (var (named, sentence) in about.Sentences(request.Evidence))
        {
            if (!text.Contains(named, StringComparison.Ordinal)) text += $"\n\n{sentence}";
        }

        return new(
            text, rung.Level, writer, misconception?.Id, LadderWriter.Reason(request, writer, because, misconception?.Id, rung.Level),
            LadderBasis.Of(about, misconception, request.Rubric));
    }

    private static string Because(RunEvidence evidence, About about) => evidence.State switch
    {
        EvidenceState.LoadFailed => about.Rule is null ? LoadReason(evidence) : RuleReason(about.Rule),
        EvidenceState.Ran when about.Shown is { } test => FailureWords.Because(test),
        _ when about.Rule is { } rule => RuleReason(rule),
        EvidenceState.Off or EvidenceState.Unavailable => "your program could not be run here, so only its text was looked at",
        _ => "of what your program looks like; the exercise has no tests",
    };

    private static string LoadReason(RunEvidence evidence) =>
        $"your program does not load ({evidence.ExceptionType}{(evidence.Line is { } line ? $" in line {line}" : "")})";

    private static string RuleReason(RuleBreak rule) => $"your program uses {CodeSpan.Of(rule.Name)} in line {rule.Line}, which this exercise rules out";
}
