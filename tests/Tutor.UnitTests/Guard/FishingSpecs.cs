using Tutor.Core.Evidence;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Guard;

/// <summary>A small part of the dialogues of tests/results/guard.md, through the real pipeline and a host that gives everything away.</summary>
public sealed class FishingSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Eight_turns_of_asking_for_the_next_line_never_add_up_to_the_answer_and_still_help(int style)
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        SandboxFixture.SkipWithout(sandbox.Runner);
        var cancel = TestContext.Current.CancellationToken;
        var evidence = new EvidenceCollector(sandbox.Runner);

        foreach (var program in RefactorySample.Read(1, offset: 20 + style))
        {
            await using var host = await FishingDialogue.OpenAsync(sandbox.Runner);
            var dialogue = await host.RunAsync(program, style, cancel);
            bool needsNoHint = (await evidence.CollectAsync(program.Exercise, dialogue.ReachableAlone, cancel)).AllPassed;

            Assert.True(needsNoHint || !(await evidence.CollectAsync(program.Exercise, dialogue.Reachable, cancel)).AllPassed, $"{program.Id}: the answers add up to\n{dialogue.Reachable}");
            Assert.True(dialogue.Useful >= 5, $"{program.Id}: {dialogue.Useful} of 8 answers are of use:\n{string.Join("\n---\n", dialogue.Answers)}");
        }
    }
}
