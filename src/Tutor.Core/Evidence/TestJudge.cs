using Tutor.Core.Courses;

namespace Tutor.Core.Evidence;

/// <summary>Compares what a call gave with what its test expects.</summary>
internal static class TestJudge
{
    // Enough for any value a person would compare by eye; a list of a million numbers is not worth storing with every hint.
    private const int LongestActual = 2_000;

    public static TestResult Judge(TestCase test, CallResult? call)
    {
        var result = new TestResult
        {
            TestId = test.Id,
            Call = test.Call,
            Public = test.Public,
            Why = test.Why,
            Expected = test.Raises ?? PythonLiteral.Format(PythonLiteral.Parse(test.Expected!)),
            Outcome = TestOutcome.NotRun,
        };

        if (call is not { Ran: true }) return result;
        if (call.TimedOut) return result with { Outcome = TestOutcome.Timeout, Line = call.Line };
        if (call.ExceptionType is { } type)
        {
            var raised = result with { Outcome = TestOutcome.Exception, ExceptionType = type, ExceptionBase = call.ExceptionBase, ExceptionMessage = call.ExceptionMessage, Line = call.Line };
            return test.Raises is { } wanted && raised.Raised(wanted) ? raised with { Outcome = TestOutcome.Passed } : raised;
        }

        var passed = test.Expected is { } expected && PyEquality.AreEqual(call.Value!, PythonLiteral.Parse(expected), test.Tolerance);
        var actual = PythonLiteral.Format(call.Value!);
        return result with { Outcome = passed ? TestOutcome.Passed : TestOutcome.WrongValue, Actual = actual.Length <= LongestActual ? actual : actual[..LongestActual] + "..." };
    }
}
