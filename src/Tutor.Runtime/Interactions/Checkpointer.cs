using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutor.Data.Interactions;
using Tutor.Runtime.Nodes;

namespace Tutor.Runtime.Interactions;

/// <summary>Keeps the text of all attempts of this process once a second in one transaction, renews their leases, and hands them over at the end.</summary>
/// <remarks>It runs beside the attempts: text flows on while the database is away.</remarks>
internal sealed partial class Checkpointer(
    RunningHints running, Ledger ledger, RuntimeNode node, IOptions<RuntimeOptions> options, TimeProvider time, ILogger<Checkpointer> logger)
    : BackgroundService, IHostedLifecycleService
{
    private long? renewedAt;

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.CheckpointMilliseconds), time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                await KeepAsync(cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailed(error);
            }
        }
    }

    /// <summary>Before anything else stops: attempts end where they are, their text is kept, and their rows are free for the next process.</summary>
    public async Task StoppingAsync(CancellationToken cancel)
    {
        running.Close();
        var runs = running.All;
        foreach (var run in runs) run.Stop();
        await Task.WhenAll(runs.Select(run => run.Completion)).WaitAsync(cancel);
        await ledger.CheckpointAsync([.. runs.Select(run => run.Live.ToCheckpoint())], node.Owner, lease: null, cancel);
        var released = await ledger.ReleaseAsync(node.Owner, cancel);
        if (released > 0) LogReleased(released);
    }

    private async Task KeepAsync(CancellationToken cancel)
    {
        var runs = running.All;
        if (runs.Count == 0) return;
        var lease = LeaseDue() ? options.Value.Lease : (TimeSpan?)null;
        var lost = await ledger.CheckpointAsync([.. runs.Select(run => run.Live.ToCheckpoint())], node.Owner, lease, cancel);
        if (lease is not null) renewedAt = time.GetTimestamp();
        foreach (var run in runs.Where(run => lost.Contains(run.Row.Id))) run.Stop();
    }

    // Renewing writes the interaction's own row, so only as often as a third of the lease asks for.
    private bool LeaseDue() => renewedAt is not { } at || time.GetElapsedTime(at) >= options.Value.Lease / 3;

    public Task StartingAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancel) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Running hints could not be checkpointed; they go on")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(LogLevel.Information, "Handing over {Count} running interactions to the next process")]
    private partial void LogReleased(int count);
}
