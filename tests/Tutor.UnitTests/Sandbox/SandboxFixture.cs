using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Sandbox;

namespace Tutor.UnitTests.Sandbox;

/// <summary>One runner for the tests of this folder that run programs: two slots, so that the machine keeps time limits.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal BubblewrapRunner Runner { get; } = Create(new SandboxOptions { Slots = 2, QueueLimit = 1000, UidBase = 62000 });

    internal static BubblewrapRunner Create(SandboxOptions options) => new(Options.Create(options), NullLogger<BubblewrapRunner>.Instance);

    public async ValueTask InitializeAsync() => await Runner.PrepareAsync(CancellationToken.None);

    /// <summary>Runs one program; skips the test where no sandbox can be had, and says why.</summary>
    public async Task<ProgramRun> RunAsync(string program, params string[] calls) =>
        (await RunAsync(new RunRequest([program], "", calls, TimeSpan.FromSeconds(5))))[0];

    public async Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request)
    {
        SkipWithout(Runner);
        return await Runner.RunAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Only the machine's lack of a part skips; a sandbox that is there and does not hold fails the tests.</summary>
    internal static void SkipWithout(BubblewrapRunner runner)
    {
        Assert.SkipWhen(runner.OffReason?.Contains("was not found", StringComparison.Ordinal) ?? false, runner.OffReason ?? "");
        Assert.Null(runner.OffReason);
    }

    public ValueTask DisposeAsync()
    {
        Runner.Dispose();
        return ValueTask.CompletedTask;
    }
}
