using Tutor.Core.Evidence.Trust;

namespace Tutor.Core.Evidence;

/// <summary>Whether and how the student's program was run.</summary>
public enum EvidenceState
{
    /// <summary>The program loaded and the calls were made.</summary>
    Ran,

    /// <summary>The program did not load: a syntax error or an exception at top level.</summary>
    LoadFailed,

    /// <summary>No sandbox here; nothing was run. <see cref="RunEvidence.Notice"/> says why.</summary>
    Off,

    /// <summary>Nothing to run (a text, or an exercise without tests).</summary>
    NotApplicable,

    /// <summary>The sandbox itself failed or was overloaded; nothing can be said about the program.</summary>
    Unavailable,
}

/// <summary>What running the exercise's tests on a submission showed. Architecture's "Evidence".</summary>
public sealed record RunEvidence
{
    public required EvidenceState State { get; init; }
    public IReadOnlyList<TestResult> Results { get; init; } = [];
    public IReadOnlyList<RuleBreak> RuleBreaks { get; init; } = [];

    /// <summary>Set for <see cref="EvidenceState.LoadFailed"/>.</summary>
    public string? ExceptionType { get; init; }
    public string? ExceptionMessage { get; init; }
    public int? Line { get; init; }

    /// <summary>The Python that read the program, as "3.11"; null where it is not known.</summary>
    public string? Python { get; init; }

    /// <summary>A sentence for the reader where <see cref="State"/> is Off or Unavailable.</summary>
    public string? Notice { get; init; }

    /// <summary>Whether a program computes what it answers, as far as that was looked into; for staff only.</summary>
    public PassTrust? Trust { get; init; }

    /// <summary>Wall time in milliseconds.</summary>
    public int TookMilliseconds { get; init; }

    public bool AllPassed => State == EvidenceState.Ran && RuleBreaks.Count == 0 && Results.All(r => r.Outcome == TestOutcome.Passed);

    /// <summary>Passes every test, and nothing speaks for a table of their answers: what a solved exercise opens may open.</summary>
    public bool PassHolds => AllPassed && Trust?.Holds != false;
    public TestResult? FirstFailure => Results.FirstOrDefault(r => r.Outcome != TestOutcome.Passed);
    public int PassedCount => Results.Count(r => r.Outcome == TestOutcome.Passed);

    /// <summary>What a student may see: hidden tests keep their outcome, what they are about and which of Python's own exceptions arose, and nothing
    /// that the program could choose.</summary>
    public RunEvidence ForStudent() => this with { Trust = null, Results = [.. Results.Select(r => r.ForStudent())] };

    public static RunEvidence NotApplicable { get; } = new() { State = EvidenceState.NotApplicable };
}
