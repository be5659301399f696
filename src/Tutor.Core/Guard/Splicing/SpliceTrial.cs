using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard.Layers;

namespace Tutor.Core.Guard.Splicing;

/// <summary>Layer L5: runs what a student could make from a hint. What passes where the student's own program does not is the answer.</summary>
/// <remarks>Remembers what was run, so that judging a growing reply again costs only what is new in it.</remarks>
internal sealed class SpliceTrial(KnownWork work, ICodeRunner runner)
{
    private const int MostPrograms = 40;

    // Programs spliced at random often loop for ever; those that work take a few milliseconds, on a busy machine sometimes
    // longer: the most promising that ran out of time get a second try.
    private static readonly TimeSpan FirstTry = TimeSpan.FromMilliseconds(80), SecondTry = TimeSpan.FromMilliseconds(400);
    private const int MostSecondTries = 4;

    private readonly HashSet<string> tried = [];
    private string lastCode = "";
    private readonly TestSuite tests = work.Context.Tests;
    private readonly IReadOnlyList<PyValue?> expected = [.. work.Context.Tests.Cases.Select(c => c.Expected is null ? null : PythonLiteral.Parse(c.Expected))];
    private Standing? own;

    private readonly record struct Standing(bool Passes, bool KeepsRules, bool TimedOut)
    {
        /// <summary>Passes what the other does not, or keeps the exercise's rules where the other, passing too, breaks one.</summary>
        public bool Betters(Standing other) => Passes && (!other.Passes || (KeepsRules && !other.KeepsRules));
    }

    /// <exception cref="SandboxUnavailableException">Nothing can be run now; the caller must fall back on stricter limits.</exception>
    public async Task<LeakVerdict?> RunAsync(HintCode hint, IReadOnlyList<HintCode> earlier, CancellationToken cancel)
    {
        // Prose that only goes on after a block must not buy the block another forty programs.
        string code = string.Join('\n', hint.Lines.Select(l => l.Source).Concat(hint.Hint.Changes.Select(c => c.ToString())));
        if (code == lastCode) return null;

        string[] candidates = [.. SpliceCandidates.Build(hint, earlier, work).Where(c => !tried.Contains(c)).Take(MostPrograms)];
        if (candidates.Length > 0 && await AnyBettersAsync(candidates, cancel))
            return new(LeakLayer.Splice, string.Join('\n', hint.Lines.Where(l => !work.IsQuote(l)).Select(l => l.Text)),
                $"Put into the student's program it passes all {expected.Count} tests.");

        // Only what failed is remembered: judged again, a winner must win again.
        tried.UnionWith(candidates);
        lastCode = code;
        return null;
    }

    private async Task<bool> AnyBettersAsync(string[] candidates, CancellationToken cancel)
    {
        string student = work.Context.StudentText;
        var standings = await TryAsync(own is null ? [student, .. candidates] : candidates, FirstTry, cancel);
        var first = own ?? standings[0];
        if (own is null && first.TimedOut) first = (await TryAsync([student], SecondTry, cancel))[0];
        if (own is null) standings.RemoveAt(0);
        own = first;
        if (standings.Any(s => s.Betters(first))) return true;

        string[] slow = [.. candidates.Where((_, i) => standings[i].TimedOut).Take(MostSecondTries)];
        return slow.Length > 0 && (await TryAsync(slow, SecondTry, cancel)).Any(s => s.Betters(first));
    }

    private async Task<List<Standing>> TryAsync(string[] programs, TimeSpan limit, CancellationToken cancel)
    {
        var request = new RunRequest(programs, tests.Prelude, [.. tests.Cases.Select(c => c.Call)], limit, StopAtFirstException: tests.Cases.All(c => c.Raises is null))
        {
            Forbidden = [.. tests.Rules.SelectMany(r => r.Forbid)],
        };
        return [.. (await runner.RunAsync(request, cancel)).Select(r => new Standing(Passes(r), r.ForbiddenUses.Count == 0, r.Outcome == ProgramOutcome.TimedOut))];
    }

    private bool Passes(ProgramRun run) =>
        run.Outcome == ProgramOutcome.Completed && run.Calls.Count == expected.Count && run.Calls.Index().All(x => Passes(x.Item, tests.Cases[x.Index], expected[x.Index]));

    private static bool Passes(CallResult call, TestCase test, PyValue? expected) => expected is null
        ? call.ExceptionType is not null && call.ExceptionType == test.Raises
        : call.Value is { } value && PyEquality.AreEqual(value, expected, test.Tolerance);
}
