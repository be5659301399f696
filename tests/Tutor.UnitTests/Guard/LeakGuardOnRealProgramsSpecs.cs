using Tutor.Core.Guard;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;

namespace Tutor.UnitTests.Guard;

/// <summary>The figures the guard is held to, on wrong programs of the Refactory set; limits from the job's acceptance text.</summary>
public sealed class LeakGuardOnRealProgramsSpecs(ITestOutputHelper output)
{
    [Fact]
    public async Task Without_a_sandbox_98_percent_of_full_answers_are_held_in_every_disguise_and_harmless_hints_pass()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);

        var rows = await GuardTable.MeasureAsync(RefactorySample.Read(70), HintKinds.All, runner: null, TestContext.Current.CancellationToken);

        output.WriteLine(GuardTable.Write(rows));
        Assert.All(rows.Where(r => r.Kind.Sort == HintSort.FullAnswer), r => Assert.True(r.StrictShare >= 0.98, $"{r.Kind.Name}: {r.StrictShare:P1} held"));
        var harmless = rows.Where(r => r.Kind.Sort == HintSort.Harmless).ToList();
        Assert.All(harmless, r => Assert.True(r.StrictShare <= 0.03, $"{r.Kind.Name}: {r.StrictShare:P1} held"));
        Assert.True(harmless.Sum(r => r.HeldStrictly) <= 0.02 * harmless.Sum(r => r.Count));
    }

    [Fact]
    public void What_human_tutors_wrote_passes()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);

        var turns = SocraticTurns.Read().ToList();
        var held = turns.Select(t => (t.Hint, Verdicts: new LeakGuard(t.Context).Judge(t.Hint))).Where(t => t.Verdicts.Count > 0).ToList();

        foreach (var (hint, verdicts) in held) output.WriteLine($"{hint}\n    {string.Join("\n    ", verdicts)}");
        Assert.True(held.Count <= 0.02 * turns.Count, $"{held.Count} of {turns.Count} held");
    }
}
