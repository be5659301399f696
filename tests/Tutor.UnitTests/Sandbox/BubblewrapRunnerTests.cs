using Tutor.Core.Evidence;

namespace Tutor.UnitTests.Sandbox;

public sealed class BubblewrapRunnerTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task A_program_gives_a_value_per_call_in_order()
    {
        var run = await sandbox.RunAsync("def double(n):\n    return 2 * n", "double(3)", "double('ab')", "double([1])");

        Assert.Equal(ProgramOutcome.Completed, run.Outcome);
        Assert.Equal(new PyInt(6), run.Calls[0].Value);
        Assert.Equal(new PyStr("abab"), run.Calls[1].Value);
        Assert.Equal([new PyInt(1), new PyInt(1)], Assert.IsType<PyList>(run.Calls[2].Value).Items);
    }
}
