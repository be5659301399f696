namespace Tutor.Core.Evidence;

/// <summary>How one call ended.</summary>
public enum TestOutcome { Passed, WrongValue, Exception, Timeout, NotRun }

/// <summary>What one test showed.</summary>
public sealed record TestResult
{
    public required string TestId { get; init; }
    public required string Call { get; init; }
    public required bool Public { get; init; }
    public string Why { get; init; } = "";
    public required TestOutcome Outcome { get; init; }

    /// <summary>Python literal, or the exception type a test expects.</summary>
    public string Expected { get; init; } = "";

    /// <summary>Python literal of the value given; empty when none was.</summary>
    public string Actual { get; init; } = "";
    public string? ExceptionType { get; init; }

    /// <summary>The nearest built-in type that the exception's class derives from, or is.</summary>
    public string? ExceptionBase { get; init; }
    public string? ExceptionMessage { get; init; }

    /// <summary>1-based line of the student's program where the exception arose, or which it was in when its time was up.</summary>
    public int? Line { get; init; }

    /// <summary>Ran and did not pass. False for a call that was never reached.</summary>
    public bool Failed => Outcome is TestOutcome.WrongValue or TestOutcome.Exception or TestOutcome.Timeout;

    /// <summary>Whether <c>except <paramref name="wanted"/></c> would have caught what the call raised.</summary>
    public bool Raised(string wanted) => PyExceptions.IsA(ExceptionType, wanted) || PyExceptions.IsA(ExceptionBase, wanted);

    /// <summary>See <see cref="RunEvidence.ForStudent"/>. A program knows the call of a hidden test while it runs, so whatever it can
    /// choose freely goes: values, an exception's message and the name of its class, and the line, which is a number of its choice.</summary>
    public TestResult ForStudent() => Public ? this : this with
    {
        Call = "", Expected = "", Actual = "", ExceptionType = PyExceptions.NameFromClosedList(ExceptionType, ExceptionBase), ExceptionBase = null,
        ExceptionMessage = null, Line = null,
    };
}

/// <summary>A rule of the exercise the program breaks, with the 1-based line it first does.</summary>
public sealed record RuleBreak(string RuleId, string Message, string Name, int Line);
