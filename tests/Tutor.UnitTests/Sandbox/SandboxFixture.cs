using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Sandbox;

namespace Tutor.UnitTests.Sandbox;

/// <summary>A runner for one class of tests that run programs: two slots, so that a machine of two processors keeps time limits.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal BubblewrapRunner Runner { get; } = Create(new SandboxOptions { Slots = 2, QueueLimit = 1000 });

    /// <remarks>User ids by chance: processes are counted per user id, and other test runs may be under way on this machine.</remarks>
    internal static BubblewrapRunner Create(SandboxOptions options)
    {
        options.UidBase = 100_000 + 1000 * Random.Shared.Next(1_000_000);
        return new BubblewrapRunner(Options.Create(options), NullLogger<BubblewrapRunner>.Instance);
    }

    public async ValueTask InitializeAsync() => await Runner.PrepareAsync(CancellationToken.None);

    public Task<ProgramRun> RunAsync(string program, params string[] calls) => RunAsync(TimeSpan.FromSeconds(5), program, calls);

    public async Task<ProgramRun> RunAsync(TimeSpan limit, string program, params string[] calls) =>
        (await RunAsync(new RunRequest([program], "", calls, limit)))[0];

    public async Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request)
    {
        SkipWithout(Runner);
        return await Runner.RunAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Only a part that the machine lacks skips a test; a sandbox that is there and does not hold fails it.</summary>
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
