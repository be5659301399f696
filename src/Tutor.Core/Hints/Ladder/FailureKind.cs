using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>Sorts what went wrong into the kinds that Tutor has hints of its own for (<c>built-in-code.yaml</c>).</summary>
internal static class FailureKind
{
    /// <summary>The program asks somebody to type, and nobody is there: nothing else about it matters before that is mended.</summary>
    public const string NoInput = "no-input";

    private static readonly (string Type, string Kind)[] ByException =
    [
        ("EOFError", NoInput),
        ("IndentationError", "indentation-error"),
        ("SyntaxError", "syntax-error"),
        (PyExceptions.Timeout, "timeout"),
        (PyExceptions.Killed, "killed"),
        ("SystemExit", "killed"),
        ("MemoryError", "killed"),
        ("RecursionError", "recursion"),
        ("NameError", "name-error"),
        ("TypeError", "type-error"),
        ("IndexError", "index-error"),
        ("KeyError", "key-error"),
        ("ValueError", "value-error"),
        ("AttributeError", "attribute-error"),
        ("ZeroDivisionError", "zero-division"),
        ("ImportError", "import-error"),
    ];

    private static readonly string[] OfReading = [NoInput, "indentation-error", "syntax-error", "timeout", "killed", "name-error", "import-error"];

    /// <param name="test">The failing test the hint is about; null where the program did not load.</param>
    public static string Of(RunEvidence evidence, TestResult? test)
    {
        if (evidence.State == EvidenceState.LoadFailed)
        {
            if (UnreadSource.HasInvisible(evidence)) return "invisible-character";
            var kind = OfException(evidence.ExceptionType) ?? "exception";
            return OfReading.Contains(kind) ? kind : "load-error";
        }

        return test switch
        {
            null => evidence.RuleBreaks.Count > 0 ? "rule" : evidence.AllPassed ? "solved" : "not-run",
            { Outcome: TestOutcome.Timeout } => "timeout",
            { Outcome: TestOutcome.Exception } when IsMissingName(test) => "missing-name",
            { Outcome: TestOutcome.Exception } => OfException(test.ExceptionType) ?? OfException(test.ExceptionBase) ?? "exception",
            _ => OfValue(test),
        };
    }

    private static string? OfException(string? type) => ByException.FirstOrDefault(e => PyExceptions.IsA(type, e.Type)).Kind;

    /// <summary>The call itself names something the program does not define: then no line of the program is to blame.</summary>
    private static bool IsMissingName(TestResult test) => test is { ExceptionType: "NameError", Line: null };

    private static string OfValue(TestResult test)
    {
        // A test that expects an exception has the exception's name where others have a literal.
        if (!PythonLiteral.TryParse(test.Expected, out var expected, out _)) return "not-raised";
        if (!PythonLiteral.TryParse(test.Actual, out var actual, out _)) return test.Actual.StartsWith('<') ? "wrong-type" : "wrong-value";
        if (actual is PyNone && expected is not PyNone) return "returned-none";
        if (Family(expected) != Family(actual) && expected is not PyNone) return "wrong-type";
        return expected is PyList e && actual is PyList a && SameItems(e, a) ? "wrong-order" : "wrong-value";
    }

    private static string Family(PyValue value) => value is PyInt or PyFloat or PyBool or PyFraction or PyDecimal ? "number" : value.GetType().Name;

    private static bool SameItems(PyList left, PyList right)
    {
        var rest = right.Items.ToList();
        return left.Items.All(item => rest.FindIndex(other => PyEquality.AreEqual(item, other)) is >= 0 and var at && Remove(at)) && rest.Count == 0;

        bool Remove(int at)
        {
            rest.RemoveAt(at);
            return true;
        }
    }
}
