using System.Text.Json;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using Tutor.Core.Hints.Prompting;
using Tutor.UnitTests.Hints;
using Tutor.UnitTests.Sandbox;
using Tutor.Web.Api;

namespace Tutor.UnitTests.Evidence.Trust;

/// <summary>What forty programs that cheat get past the sandbox, judged by everything a student can read afterwards.</summary>
[Collection(nameof(EvidenceFixture))]
public sealed class ForgingProgramTests(EvidenceFixture sandbox)
{
    public static TheoryData<string> Names => [.. ForgingPrograms.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_cheating_program_reads_nothing_passes_nothing_and_costs_next_to_nothing(string name)
    {
        var program = ForgingPrograms.All[name];
        var cancel = TestContext.Current.CancellationToken;
        var recorded = new RecordedRun(sandbox.Required);
        var collector = new EvidenceCollector(recorded);

        var evidence = await collector.CollectAsync(RunningTotal.Exercise, program, cancel);
        evidence = await collector.LookIntoAsync(RunningTotal.Exercise, program, evidence, "seed", cancel);

        Assert.NotEqual(EvidenceState.Unavailable, evidence.State);
        Assert.False(evidence.PassHolds);
        // What stands in the program itself is nothing that it read.
        var shown = Shown(evidence, program);
        Assert.Equal([], RunningTotal.Secrets.Where(secret => !program.Contains(secret, StringComparison.Ordinal) && shown.Contains(secret, StringComparison.Ordinal)));
        Assert.Equal([], RunningTotal.Secrets.Where(secret => HiddenPart(evidence).Contains(secret, StringComparison.Ordinal)));

        var took = ThreadTime.Of(() =>
        {
            // The runner's answer is there already, so all of it runs on this thread.
            var again = new EvidenceCollector(recorded).CollectAsync(RunningTotal.Exercise, program, cancel);
            Assert.True(again.IsCompletedSuccessfully);
            _ = JsonSerializer.Serialize(EvidenceView.Of(again.Result));
        });
        Assert.True(took < TimeSpan.FromMilliseconds(50), $"{took.TotalMilliseconds:0.0} ms");
    }

    [Fact]
    public void There_are_forty_of_them() => Assert.Equal(40, ForgingPrograms.All.Count);

    [Fact]
    public async Task A_sound_program_holds_in_the_same_exercise()
    {
        var collector = new EvidenceCollector(sandbox.Required);

        var evidence = await collector.CollectAsync(RunningTotal.Exercise, RunningTotal.Sound, TestContext.Current.CancellationToken);
        evidence = await collector.LookIntoAsync(RunningTotal.Exercise, RunningTotal.Sound, evidence, "seed", TestContext.Current.CancellationToken);

        Assert.True(evidence.PassHolds);
    }

    /// <summary>All that leaves for anybody but staff: API, page, hints of every level with what they rest on, prompt.</summary>
    private static string Shown(RunEvidence evidence, string program)
    {
        var request = Requests.ForCode(program, "") with { Exercise = RunningTotal.Exercise };
        var hints = HintLevels.All.Select(level => LadderWriter.Write(new()
        {
            Exercise = RunningTotal.Exercise, Policy = new() { HighestLevel = HintLevel.PseudoCode }, Evidence = evidence, Work = program, Level = level,
        }));
        var prompt = HintComposer.Compose(request, "", "", evidence, [], HintLevel.Nudge);
        // Enums as numbers, options as they are: what matters is that every text is in.
        return string.Join('\n', [
            JsonSerializer.Serialize(EvidenceView.Of(evidence)), JsonSerializer.Serialize(evidence.ForStudent()),
            .. hints.Select(hint => $"{hint.Text}\n{hint.Reason}\n{string.Join('\n', hint.Basis)}"), .. prompt.Messages.Select(m => m.Text),
        ]);
    }

    private static string HiddenPart(RunEvidence evidence) => JsonSerializer.Serialize(evidence.ForStudent().Results.Where(r => !r.Public));

    /// <summary>Runs once and then answers with the same results.</summary>
    private sealed class RecordedRun(ICodeRunner runner) : ICodeRunner
    {
        private readonly Dictionary<string, IReadOnlyList<ProgramRun>> known = [];

        public string? OffReason => runner.OffReason;

        public async Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request, CancellationToken cancel)
        {
            var key = string.Join('\n', request.Calls);
            if (!known.TryGetValue(key, out var runs)) known[key] = runs = await runner.RunAsync(request, cancel);
            return runs;
        }
    }
}
