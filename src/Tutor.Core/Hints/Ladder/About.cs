using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>What a code hint is about: a failing test, a broken rule, or (neither) a program that did not load or was not run.</summary>
internal sealed record About(TestResult? Test, RuleBreak? Rule)
{
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
        else if (Test is not null) yield return (Test.Public ? CodeSpan.Inside(Test.Call) : RungFacts.NameOf(Test)!, FailureWords.StartFrom(Test));
        else if (evidence.State == EvidenceState.LoadFailed) yield return (evidence.Line is { } line ? $"line {line}" : evidence.ExceptionType ?? "", FailureWords.LoadFailure(evidence));
    }
}
