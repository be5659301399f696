using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Says in plain words what failed. Of hidden tests only what they are about.</summary>
internal static class FailureWords
{
    /// <summary>A sentence to begin from, for a hint whose own text does not name the test.</summary>
    public static string StartFrom(TestResult test) => test.Public
        ? $"Start from the test {CodeSpan.Of(test.Call)}: it should {Wanted(test)}, yours {Happened(test)}."
        : $"Start from a hidden test about “{RungFacts.NameOf(test)}”: {(test.Outcome == TestOutcome.WrongValue ? "its answer is not right yet" : $"yours {Happened(test)} there")}.";

    public static string StartFrom(RuleBreak rule) => $"The task sets a rule: {rule.Message.TrimEnd('.')}. Line {rule.Line} uses {CodeSpan.Of(rule.Name)}.";

    public static string LoadFailure(RunEvidence evidence) => evidence switch
    {
        { ExceptionType: PyExceptions.Timeout, Line: { } line } => $"Your program was still in line {line} when its time was up, so no test could run.",
        { ExceptionType: PyExceptions.Timeout } => "Your program did not finish loading, so no test could run.",
        { Line: { } line } => $"Python stopped at line {line} with {CodeSpan.Of(evidence.ExceptionType ?? "an error")}, before any test could run.",
        _ => $"The program stopped with {CodeSpan.Of(evidence.ExceptionType ?? "an error")} before any test could run.",
    };

    /// <summary>Continues "because ...".</summary>
    public static string Because(TestResult test) => test switch
    {
        { Public: false } => $"a hidden test about “{RungFacts.NameOf(test)}” does not pass",
        { Outcome: TestOutcome.WrongValue } => $"test {CodeSpan.Of(test.Call)} gave {CodeSpan.Of(test.Actual)}",
        { Outcome: TestOutcome.Timeout } => $"test {CodeSpan.Of(test.Call)} did not come to an end",
        _ => $"test {CodeSpan.Of(test.Call)} {Raised(test)}",
    };

    /// <summary>"raised ZeroDivisionError".</summary>
    private static string Raised(TestResult test) => test.ExceptionType == PyExceptions.Killed ? "ended the program" : $"raised {test.ExceptionType}";

    private static string Wanted(TestResult test) =>
        PythonLiteral.TryParse(test.Expected, out _, out _) ? $"give {CodeSpan.Of(test.Expected)}" : $"raise {CodeSpan.Of(test.Expected)}";

    private static string Happened(TestResult test) => test switch
    {
        { Outcome: TestOutcome.WrongValue } => $"gives {CodeSpan.Of(test.Actual)}",
        { Outcome: TestOutcome.Timeout, Line: { } line } => $"does not come to an end, it was in line {line} when its time was up",
        { Outcome: TestOutcome.Timeout } => "does not come to an end",
        { ExceptionType: PyExceptions.Killed } => "ends the whole program",
        { ExceptionType: null } => "stops with an exception of its own",
        { Line: { } line } => $"stops with {CodeSpan.Of(test.ExceptionType)} in line {line}",
        _ => $"stops with {CodeSpan.Of(test.ExceptionType)}",
    };
}
