using Tutor.Core.Courses;
using Tutor.Core.Evidence.Trust;

namespace Tutor.Core.Evidence;

/// <summary>Runs an exercise's tests on a student's program and says what they showed.</summary>
/// <remarks>Only calls enter the sandbox; what they should give is compared here. Results of runs that came to their end are
/// kept for the same program and tests, because students press "run" and "get a hint" on unchanged work.</remarks>
public sealed class EvidenceCollector(ICodeRunner runner)
{
    private readonly EvidenceCache _cache = new();

    /// <summary>Null when programs can be run; else why not.</summary>
    public string? OffReason => runner.OffReason;

    public Task<RunEvidence> CollectAsync(Exercise exercise, string program, CancellationToken cancel) =>
        exercise.Kind == ExerciseKind.Code ? CollectAsync(exercise.Tests, program, cancel) : Task.FromResult(RunEvidence.NotApplicable);

    /// <summary>Looks into whether the program computes what it answers.</summary>
    /// <param name="seed">What fresh inputs are drawn from, where the program passes and its pass opens something; null draws none.</param>
    /// <returns>The evidence, with <see cref="RunEvidence.Trust"/> where something was found or tried.</returns>
    public async Task<RunEvidence> LookIntoAsync(Exercise exercise, string program, RunEvidence evidence, string? seed, CancellationToken cancel)
    {
        if (evidence.State != EvidenceState.Ran) return evidence;

        var trust = new PassTrust(AnswerTable.Find(exercise, program));
        if (trust.HeldTests.Count > 0) return evidence with { Trust = trust };
        if (seed is null || !evidence.AllPassed) return evidence;

        try
        {
            return evidence with { Trust = await new FreshInputs(runner).TryAsync(exercise, program, trust, seed, cancel) };
        }
        catch (SandboxUnavailableException)
        {
            // The tests' results stand; what they open can wait for the next try.
            return evidence with { Trust = trust with { Untried = true } };
        }
    }

    /// <summary>Results stand in the order of the suite's cases, one each.</summary>
    public async Task<RunEvidence> CollectAsync(TestSuite suite, string program, CancellationToken cancel)
    {
        if (suite.Cases.Count == 0 && suite.Rules.Count == 0) return RunEvidence.NotApplicable;
        if (runner.OffReason is { } reason) return Off(reason);

        var key = EvidenceCache.KeyOf(suite, program);
        if (_cache.Find(key) is { } known) return known;

        try
        {
            // Public calls first: a program reads a call only when it is its turn, so nothing it returns to a public one can hold a hidden one.
            var order = suite.Cases.OrderBy(c => !c.Public).ToList();
            var request = new RunRequest([program], suite.Prelude, [.. order.Select(c => c.Call)], TimeSpan.FromMilliseconds(suite.TimeoutMilliseconds))
            {
                Forbidden = [.. suite.Rules.SelectMany(r => r.Forbid).Distinct()],
            };
            var run = (await runner.RunAsync(request, cancel))[0];
            var evidence = Judge(suite, order, run) with { Python = runner.PythonVersion };
            // A limit that was hit may say more about the machine's load than about the program.
            if (run.Outcome is ProgramOutcome.Completed or ProgramOutcome.LoadFailed) _cache.Keep(key, evidence);
            return evidence;
        }
        catch (SandboxUnavailableException failure)
        {
            return runner.OffReason is { } off ? Off(off) : new() { State = EvidenceState.Unavailable, Notice = $"Your program could not be run just now: {failure.Message}" };
        }
    }

    private static RunEvidence Off(string reason) => new() { State = EvidenceState.Off, Notice = $"Programs are not run here: {reason}" };

    private static RunEvidence Judge(TestSuite suite, List<TestCase> order, ProgramRun run)
    {
        var loaded = run.Outcome == ProgramOutcome.Completed || run.Calls.Any(c => c.Ran);
        var failedAt = loaded && run.Outcome is (ProgramOutcome.Killed or ProgramOutcome.OutOfMemory) ? run.Calls.ToList().FindIndex(c => !c.Ran) : -1;
        var results = order.Select((test, i) => (test.Id, Result: i == failedAt ? Ended(test, run) : TestJudge.Judge(test, run.Calls.ElementAtOrDefault(i)))).ToDictionary(r => r.Id, r => r.Result);
        return new()
        {
            State = loaded ? EvidenceState.Ran : EvidenceState.LoadFailed,
            Results = [.. suite.Cases.Select(c => results[c.Id])],
            RuleBreaks = [.. suite.Rules.Select(r => BreakOf(r, run)).OfType<RuleBreak>()],
            ExceptionType = loaded ? null : run.ExceptionType ?? TypeOf(run.Outcome),
            ExceptionMessage = loaded ? null : run.ExceptionMessage ?? (run.Outcome == ProgramOutcome.TimedOut ? "The program was still running when its time was up." : null),
            Line = loaded ? null : run.Line,
            TookMilliseconds = run.TookMilliseconds,
        };
    }

    private static TestResult Ended(TestCase test, ProgramRun run) =>
        TestJudge.Judge(test, new CallResult { ExceptionType = TypeOf(run.Outcome), ExceptionMessage = run.ExceptionMessage });

    private static string TypeOf(ProgramOutcome outcome) => outcome switch
    {
        ProgramOutcome.TimedOut => PyExceptions.Timeout,
        ProgramOutcome.OutOfMemory => "MemoryError",
        _ => PyExceptions.Killed,
    };

    private static RuleBreak? BreakOf(CodeRule rule, ProgramRun run) =>
        run.ForbiddenUses.FirstOrDefault(u => rule.Forbid.Contains(u.Name)) is { } use ? new(rule.Id, rule.Message, use.Name, use.Line) : null;
}
