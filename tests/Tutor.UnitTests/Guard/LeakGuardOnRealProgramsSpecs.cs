using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Guard;

/// <summary>What the guard is held to on wrong programs of real students. The whole table: tests/results/guard.md.</summary>
public sealed class LeakGuardOnRealProgramsSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const int PerAssignment = 60;

    [Fact]
    public async Task Without_a_sandbox_98_percent_of_full_answers_are_held_in_every_disguise_and_harmless_hints_pass()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);

        var kinds = HintKinds.All.Where(k => k.Sort is HintSort.FullAnswer or HintSort.Harmless);
        var rows = await GuardTable.MeasureAsync(RefactorySample.Read(PerAssignment), kinds, runner: null, TestContext.Current.CancellationToken);

        Assert.All(rows.Where(r => r.Kind.Sort == HintSort.FullAnswer), r => Assert.True(r.StrictShare >= 0.98, $"{r.Kind.Name}: {r.StrictShare:P1} held"));
        // Where nothing can be run, steps that name the student's variables are held back even where pseudo-code is allowed.
        var harmless = rows.Where(r => r.Kind is { Sort: HintSort.Harmless, Allowed: < HintLevel.PseudoCode }).ToList();
        Assert.All(harmless, r => Assert.True(r.StrictShare <= 0.03, $"{r.Kind.Name}: {r.StrictShare:P1} held"));
        Assert.True(harmless.Sum(r => r.HeldStrictly) <= 0.02 * harmless.Sum(r => r.Count));
    }

    [Fact]
    public async Task With_a_sandbox_92_percent_of_repairs_are_held_and_examples_pass()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        SandboxFixture.SkipWithout(sandbox.Runner);

        // A small part, because every hint costs a run of up to forty programs.
        var kinds = HintKinds.All.Where(k => k.Sort == HintSort.Repair || k.Name is "function example in a fence" or "quotes lines in a fence");
        var rows = await GuardTable.MeasureAsync(RefactorySample.Read(10, offset: 3), kinds, sandbox.Runner, TestContext.Current.CancellationToken);

        var repairs = rows.Where(r => r.Kind.Sort == HintSort.Repair).ToList();
        Assert.True(repairs.Sum(r => r.Held) >= 0.92 * repairs.Sum(r => r.Count), $"{repairs.Sum(r => r.Held)} of {repairs.Sum(r => r.Count)} repairs held");
        Assert.All(rows.Except(repairs), r => Assert.True(r.Share <= 0.04, $"{r.Kind.Name}: {r.Share:P1} held"));
    }

    [Fact]
    public void What_human_tutors_wrote_passes()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);

        var turns = SocraticTurns.Read().ToList();
        var held = turns.Where(t => new LeakGuard(t.Context).Judge(t.Hint).Count > 0).Select(t => t.Hint).ToList();

        Assert.True(held.Count <= 0.01 * turns.Count, $"{held.Count} of {turns.Count} held:\n{string.Join('\n', held)}");
    }
}
