using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Tutor.Data.Interactions;
using Tutor.Runtime.Admission;
using Tutor.Runtime.Nodes;

namespace Tutor.Runtime.Interactions;

[Reentrant]
internal sealed class InteractionGrain(
    InteractionStore interactions, Ledger ledger, HintRunner runner, RunningHints running, RuntimeNode node,
    IOptions<RuntimeOptions> options, TimeProvider time) : Grain, IInteractionGrain
{
    // Viewers take two of these without a word as a sign that the runner is gone.
    private static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(1);

    private readonly Dictionary<IHintObserver, LivePosition> viewers = [];
    private HintRun? run;
    private bool starting;

    private string Id => this.GetPrimaryKeyString();

    public async Task<bool> StartAsync()
    {
        if (run is not null) return true;
        if (starting || running.Closed) return false;
        starting = true;
        try
        {
            var row = await interactions.LoadAsync(Id, CancellationToken.None);
            if (row is not { IsOpen: true }) return false;
            if (await ledger.ClaimAsync(Id, row.Attempt, node.Owner, options.Value.Lease, CancellationToken.None) is not { } attempt) return false;
            var draft = attempt > 1 ? await interactions.FindDraftAsync(Id, CancellationToken.None) : null;
            run = runner.Begin(row with { StartedAt = row.StartedAt ?? time.GetUtcNow().ToUnixTimeMilliseconds() }, attempt, draft);
            _ = FollowAsync(run);
            return true;
        }
        finally
        {
            starting = false;
        }
    }

    public Task<HintChunk?> AttachAsync(IHintObserver viewer)
    {
        var chunk = run?.Live.Since(default);
        viewers[viewer] = chunk?.End ?? default;
        return Task.FromResult(chunk);
    }

    public Task DetachAsync(IHintObserver viewer)
    {
        viewers.Remove(viewer);
        return Task.CompletedTask;
    }

    public Task<ShownText?> ShownTextAsync() => Task.FromResult(run?.Live.Shown);

    public Task StopAsync()
    {
        run?.Stop();
        return Task.CompletedTask;
    }

    // With a dead node goes its part of the directory of grains, and with that grains of living nodes. What such a grain was
    // writing is handed over, or the row would wait for the end of its lease.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancel)
    {
        if (run is not { } current) return;
        current.Stop();
        await current.Completion;
        await ledger.CheckpointAsync([current.Live.ToCheckpoint()], node.Owner, lease: null, cancel);
        if (await ledger.ReleaseAsync(Id, current.Attempt, node.Owner, cancel) > 0)
            await GrainFactory.GetGrain<IAdmissionGrain>(AdmissionGrain.DefaultPool).LookAsync();
    }

    // Runs on the grain's scheduler between its calls, so viewers and run need no lock.
    private async Task FollowAsync(HintRun current)
    {
        var from = time.GetTimestamp();
        try
        {
            while (true)
            {
                var changed = current.Live.ChangedAsync();
                // Read before the push: an attempt that ends just after it is told of in the next round, not never.
                var ended = current.Completion.IsCompleted;
                Push(current);
                if (ended) break;
                var pushed = time.GetTimestamp();
                DelayDeactivation(TimeSpan.FromMinutes(1));
                await Task.WhenAny(changed, current.Completion, Task.Delay(heartbeat, time));
                var early = options.Value.UpdateInterval - time.GetElapsedTime(pushed);
                if (early > TimeSpan.Zero) await Task.WhenAny(current.Completion, Task.Delay(early, time));
            }
        }
        finally
        {
            run = null;
            // Whatever broke the loop above, an attempt nobody follows must not go on.
            current.Stop();
            await current.Completion;
            current.Dispose();
            await GrainFactory.GetGrain<IAdmissionGrain>(AdmissionGrain.DefaultPool).DoneAsync(Id, time.GetElapsedTime(from));
            DeactivateOnIdle();
        }
    }

    private void Push(HintRun current)
    {
        foreach (var viewer in viewers.Keys.ToList())
        {
            var chunk = current.Live.Since(viewers[viewer]);
            viewers[viewer] = chunk.End;
            _ = viewer.OnAsync(chunk);
        }
    }
}
