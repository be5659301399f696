using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Sandbox;

public sealed class ProcessorTimeTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static readonly TimeSpan Wall = TimeSpan.FromSeconds(20), Processor = TimeSpan.FromMilliseconds(60);

    [Theory]
    [InlineData("def f():\n    while True: pass")]
    [InlineData("def f():\n    return 9 ** 9 ** 9")]
    public async Task A_program_that_uses_up_its_processor_time_is_ended_long_before_its_wall_limit(string program)
    {
        SandboxFixture.SkipWithout(sandbox.Runner);

        var run = (await sandbox.Runner.RunAsync(new RunRequest([program], "", ["f()"], Wall) { ProcessorTime = Processor }, TestContext.Current.CancellationToken))[0];

        Assert.Equal(ProgramOutcome.TimedOut, run.Outcome);
        Assert.True(run.Calls[0].TimedOut);
        Assert.InRange(run.TookMilliseconds, 0, 10_000);
        Assert.InRange(run.ProcessorMilliseconds, 30, 1000);
    }

    [Fact]
    public async Task Sleeping_costs_no_processor_time()
    {
        SandboxFixture.SkipWithout(sandbox.Runner);

        var run = (await sandbox.Runner.RunAsync(new RunRequest(["import time\ndef f():\n    time.sleep(0.3)\n    return 1"], "", ["f()"], Wall) { ProcessorTime = Processor }, TestContext.Current.CancellationToken))[0];

        Assert.Equal(ProgramOutcome.Completed, run.Outcome);
        Assert.InRange(run.ProcessorMilliseconds, 0, 60);
    }
}
