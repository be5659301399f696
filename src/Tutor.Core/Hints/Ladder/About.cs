using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>What a code hint is about: a failing test, a broken rule, or (neither) a program that did not load or was not run.</summary>
internal sealed record About(TestResult? Test, RuleBreak? Rule)
{
    /// <summary>The test as it may be spoken of; <see cref="Test"/> itself holds what a program may have chosen in a hidden one.</summary>
    public TestResult? Shown { get; } = Test?.ForStudent();

    /// <param name="match">How the chosen misconception was recognised; null where none was.</param>
    public static About Of(RunEvidence evidence, SignatureMatch? match)
    {
        if (match?.Rule is { } broken) return new(match.Test, broken);

        // A public test can be tried by the student, so it comes first.
        var test = match?.Test ?? evidence.Results.Where(r => r.Failed).OrderBy(r => !r.Public).FirstOrDefault();
        return new(test, test is null && evidence is { State: EvidenceState.Ran, RuleBreaks: [var first, ..] } ? first : null);
    }

    /// <summary>What a hint must name, with a sentence that does so for hints whose own words do not.</summary>
    public IEnumerable<(string Named, string Sentence)> Sentences(RunEvidence evidence)
    {
        if (Rule is not null) yield return (Rule.Message, FailureWords.StartFrom(Rule));
        else if (Shown is not null) yield return (Shown.Public ? CodeSpan.Inside(Shown.Call) : RungFacts.NameOf(Shown)!, FailureWords.StartFrom(Shown));
        else if (evidence.State == EvidenceState.LoadFailed)
        {
            yield return (evidence.Line is { } line ? $"line {line}" : evidence.ExceptionType ?? "", FailureWords.LoadFailure(evidence));
            foreach (var more in UnreadSource.Sentences(evidence)) yield return more;
        }
    }
}
