using System.Globalization;
using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>What the placeholders of a rung stand for in the case at hand; null where there is nothing to say.</summary>
internal sealed record RungFacts
{
    public string? Test { get; init; }
    public string? Call { get; init; }

    /// <summary>False for a hidden test: the call is then described in words.</summary>
    public bool CallIsCode { get; init; } = true;
    public string? Expected { get; init; }
    public string? Actual { get; init; }
    public string? Exception { get; init; }
    public string? Line { get; init; }

    /// <summary>Said for "line {line}" where the line is not known, or is not to be known, and the reader can find it; null elsewhere.</summary>
    public string? LineInWords { get; init; }

    public static RungFacts None { get; } = new();

    public static RungFacts Of(RunEvidence evidence, TestResult? test, RuleBreak? rule)
    {
        if (evidence.State == EvidenceState.LoadFailed)
        {
            var first = evidence.Results.FirstOrDefault(r => r.Public);
            return new() { Test = NameOf(first), Call = first?.Call, Expected = first?.Expected, Exception = evidence.ExceptionType, Line = Number(evidence.Line) };
        }

        if (test is null) return rule is null ? None : new() { Line = Number(rule.Line) };

        var facts = new RungFacts
        {
            Test = NameOf(test),
            Exception = test.Outcome switch { TestOutcome.Exception => test.ExceptionType, TestOutcome.Timeout => PyExceptions.Timeout, _ => null },
            Line = Number(rule?.Line ?? test.Line),
        };
        return test.Public
            ? facts with { Call = test.Call, Expected = test.Expected, Actual = test.Outcome == TestOutcome.WrongValue ? test.Actual : null }
            : facts with { Call = $"a call of your own ({NameOf(test)})", CallIsCode = false, LineInWords = WordsFor(test.Outcome) };
    }

    /// <summary>What a student calls the test: what it is about, or its id where its author did not say.</summary>
    public static string? NameOf(TestResult? test) => test is null ? null : test.Why.Length > 0 ? test.Why : test.TestId;

    private static string? WordsFor(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Exception => "line where it stops",
        TestOutcome.Timeout => "line it does not get past",
        _ => null,
    };

    private static string? Number(int? line) => line?.ToString(CultureInfo.InvariantCulture);
}
