using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard.Layers;

namespace Tutor.Core.Guard.Splicing;

/// <summary>Layer L5: runs what a student could make from a hint. What passes where the student's own program does not is the answer.</summary>
/// <remarks>Remembers what was run, so that judging a growing reply again costs only what is new in it.</remarks>
internal sealed class SpliceTrial(KnownWork work, ICodeRunner runner)
{
    private const int MostPrograms = 40;

    // Programs spliced at random often loop for ever; those that work take a few milliseconds.
    private static readonly TimeSpan ProgramTimeout = TimeSpan.FromMilliseconds(80);

    private readonly HashSet<string> tried = [];
    private string lastCode = "";
    private readonly TestSuite tests = work.Context.Tests;
    private readonly IReadOnlyList<PyValue?> expected = [.. work.Context.Tests.Cases.Select(c => c.Expected is null ? null : PythonLiteral.Parse(c.Expected))];
    private Standing? own;

    private readonly record struct Standing(bool Passes, bool KeepsRules);

    /// <exception cref="SandboxUnavailableException">Nothing can be run now; the caller must fall back on stricter limits.</exception>
    public async Task<LeakVerdict?> RunAsync(HintCode hint, IReadOnlyList<HintCode> earlier, CancellationToken cancel)
    {
        // Prose that only goes on after a block must not buy the block another forty programs.
        string code = string.Join('\n', hint.Lines.Select(l => l.Source).Concat(hint.Hint.Changes.Select(c => c.ToString())));
        if (code == lastCode) return null;

        string[] candidates = [.. SpliceCandidates.Build(hint, earlier, work).Where(c => !tried.Contains(c)).Take(MostPrograms)];
        if (candidates.Length == 0)
        {
            lastCode = code;
            return null;
        }

        string[] programs = own is null ? [work.Context.StudentText, .. candidates] : candidates;
        var request = new RunRequest(programs, tests.Prelude, [.. tests.Cases.Select(c => c.Call)], ProgramTimeout, StopAtFirstException: tests.Cases.All(c => c.Raises is null))
        {
            Forbidden = [.. tests.Rules.SelectMany(r => r.Forbid)],
        };
        var standings = (await runner.RunAsync(request, cancel)).Select(Judge).ToList();
        if (own is null)
        {
            own = standings[0];
            standings.RemoveAt(0);
        }
        int winner = standings.FindIndex(s => s.Passes && (!own.Value.Passes || (s.KeepsRules && !own.Value.KeepsRules)));
        if (winner < 0)
        {
            // Only what failed is remembered: judged again, a winner must win again.
            tried.UnionWith(candidates);
            lastCode = code;
            return null;
        }
        return new(LeakLayer.Splice, string.Join('\n', hint.Lines.Where(l => !work.IsQuote(l)).Select(l => l.Text)),
            $"Put into the student's program it passes all {expected.Count} tests.");
    }

    private Standing Judge(ProgramRun run) => new(Passes(run), run.ForbiddenUses.Count == 0);

    private bool Passes(ProgramRun run) =>
        run.Outcome == ProgramOutcome.Completed && run.Calls.Count == expected.Count && run.Calls.Index().All(x => Passes(x.Item, tests.Cases[x.Index], expected[x.Index]));

    private static bool Passes(CallResult call, TestCase test, PyValue? expected) => expected is null
        ? call.ExceptionType is not null && call.ExceptionType == test.Raises
        : call.Value is { } value && PyEquality.AreEqual(value, expected, test.Tolerance);
}
