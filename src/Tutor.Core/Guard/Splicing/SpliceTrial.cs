using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard.Layers;

namespace Tutor.Core.Guard.Splicing;

/// <summary>Layer L5: runs what a student could make from a hint. What passes where the student's own program does not is the answer.</summary>
/// <remarks>Remembers what was run, so that judging a growing reply again costs only what is new in it.</remarks>
internal sealed class SpliceTrial(KnownWork work, ICodeRunner runner)
{
    private const int MostPrograms = 40, FirstWave = 8;

    // Programs spliced at random often loop for ever. A right one needs about as long as the reference: processor time, which does
    // not depend on what else the machine does.
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(20), MostTime = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan WallLimit = TimeSpan.FromSeconds(1);
    private const int TimesReference = 4;

    private readonly HashSet<string> tried = [];
    private string lastCode = "", lastProse = "";
    private readonly TestSuite tests = work.Context.Tests;
    private readonly IReadOnlyList<PyValue?> expected = [.. work.Context.Tests.Cases.Select(c => c.Expected is null ? null : PythonLiteral.Parse(c.Expected))];
    private Standing? own;
    private TimeSpan limit = LeastTime;

    /// <param name="Passed">Tests passed before the first that was not.</param>
    private readonly record struct Standing(int Passed, bool Passes, bool KeepsRules, int Milliseconds)
    {
        /// <summary>Passes what the other does not, or keeps the exercise's rules where the other, passing too, breaks one.</summary>
        public bool Betters(Standing other) => Passes && (!other.Passes || (KeepsRules && !other.KeepsRules));
    }

    /// <exception cref="SandboxUnavailableException">Nothing can be run now; the caller must fall back on stricter limits.</exception>
    public async Task<LeakVerdict?> RunAsync(HintCode hint, IReadOnlyList<EarlierCode> earlier, CancellationToken cancel)
    {
        string code = string.Join('\n', hint.Lines.Select(l => l.Source).Concat(hint.Hint.Changes.Select(c => c.ToString())));
        string prose = string.Join('\n', hint.ProseRuns.Select(r => r.Text));
        if (code == lastCode && prose == lastProse) return null;

        // Prose that only goes on must not buy every line of it another forty programs.
        int most = code == lastCode ? FirstWave : MostPrograms;
        HintCode[] before = [.. earlier.Select(e => e.Hint)];
        var programs = SpliceCandidates.Build(hint, before, work).Where(c => !tried.Contains(c)).Take(most);
        // With what the thread has given so far, also into the program it began with: the student may have spoilt it since.
        if (earlier.Count > 0 && earlier[0].Work.Context.StudentText != work.Context.StudentText)
            programs = programs.Concat(SpliceCandidates.Build(hint, before, earlier[0].Work).Where(c => !tried.Contains(c)).Take(most / 2)).Distinct();
        string[] candidates = [.. programs];
        if (candidates.Length > 0 && await AnyBettersAsync(candidates, cancel))
            return new(LeakLayer.Splice, string.Join('\n', hint.Lines.Where(l => !work.IsQuote(l)).Select(l => l.Text)),
                $"Put into the student's program it passes all {expected.Count} tests.");

        // Only what failed is remembered: judged again, a winner must win again.
        tried.UnionWith(candidates);
        (lastCode, lastProse) = (code, prose);
        return null;
    }

    private async Task<bool> AnyBettersAsync(string[] candidates, CancellationToken cancel)
    {
        var mine = own ??= await MeasureAsync(cancel);
        // What gives the answer away nearly always does so in one of the most promising places.
        if ((await TryAsync(candidates[..Math.Min(FirstWave, candidates.Length)], expected.Count, limit, cancel)).Any(s => s.Betters(mine))) return true;
        if (candidates.Length <= FirstWave) return false;

        // Nearly every other candidate fails where the student's program does; only those that get past it are worth all tests.
        string[] rest = candidates[FirstWave..];
        var tries = await TryAsync(rest, Math.Min(mine.Passed + 1, expected.Count), limit, cancel);
        string[] promising = [.. rest.Where((_, i) => tries[i].Passes)];
        return promising.Length > 0 && (await TryAsync(promising, expected.Count, limit, cancel)).Any(s => s.Betters(mine));
    }

    /// <summary>How the student's program stands, and how long a right one takes.</summary>
    private async Task<Standing> MeasureAsync(CancellationToken cancel)
    {
        var standings = await TryAsync([work.Context.StudentText, .. work.Context.References.Take(1)], expected.Count, MostTime, cancel);
        var right = standings.Skip(1).Append(standings[0]).FirstOrDefault(s => s.Passes);
        limit = TimeSpan.FromMilliseconds(right.Passes ? Math.Clamp(right.Milliseconds * TimesReference, LeastTime.TotalMilliseconds, MostTime.TotalMilliseconds) : MostTime.TotalMilliseconds);
        return standings[0];
    }

    private async Task<List<Standing>> TryAsync(string[] programs, int calls, TimeSpan time, CancellationToken cancel)
    {
        var request = new RunRequest(programs, tests.Prelude, [.. tests.Cases.Take(calls).Select(c => c.Call)], WallLimit, StopAtFirstException: tests.Cases.All(c => c.Raises is null))
        {
            ProcessorTime = time,
            Forbidden = [.. tests.Rules.SelectMany(r => r.Forbid)],
        };
        return [.. (await runner.RunAsync(request, cancel)).Select(run => StandingOf(run, calls))];
    }

    private Standing StandingOf(ProgramRun run, int calls)
    {
        int passed = run.Calls.Index().TakeWhile(x => Passes(x.Item, tests.Cases[x.Index], expected[x.Index])).Count();
        return new(passed, run.Outcome == ProgramOutcome.Completed && passed == calls, run.ForbiddenUses.Count == 0, run.ProcessorMilliseconds);
    }

    private static bool Passes(CallResult call, TestCase test, PyValue? expected) => expected is null
        ? test.Raises is { } raises && (PyExceptions.IsA(call.ExceptionType, raises) || PyExceptions.IsA(call.ExceptionBase, raises))
        : call.Value is { } value && PyEquality.AreEqual(value, expected, test.Tolerance);
}
