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
    public string? ExceptionMessage { get; init; }

    /// <summary>1-based line of the student's program where the exception arose, or which it was in when its time was up.</summary>
    public int? Line { get; init; }

    /// <summary>Ran and did not pass. False for a call that was never reached.</summary>
    public bool Failed => Outcome is TestOutcome.WrongValue or TestOutcome.Exception or TestOutcome.Timeout;

    /// <summary>See <see cref="RunEvidence.ForStudent"/>. An exception's message goes too: it may quote a value ("KeyError: 'x'").</summary>
    public TestResult ForStudent() => Public ? this : this with { Call = "", Expected = "", Actual = "", ExceptionMessage = null };
}

/// <summary>A rule of the exercise the program breaks, with the 1-based line it first does.</summary>
public sealed record RuleBreak(string RuleId, string Message, string Name, int Line);
