using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Tutor.Runtime.Nodes;

namespace Tutor.Web.Nodes;

/// <summary>How a node leaves that others can stand in for: first the proxy hears of it, then its pages go elsewhere, then it stops.</summary>
/// <remarks>The other way round, pages would come back to the node that is just closing. Running hints are handed over when it stops.</remarks>
public sealed class Drain(IOptions<NodeOptions> options, TimeProvider time) : CircuitHandler, IHealthCheck, IDisposable
{
    // Pages answer within a second or two; those that do not notice themselves that the node is gone.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource leaving = new();
    private volatile bool begun;
    // By id: a circuit that was refused at its beginning goes down without having been up.
    private readonly ConcurrentDictionary<string, bool> pages = [];

    /// <summary>Cancelled when this node's pages shall go to another node.</summary>
    public CancellationToken Leaving => leaving.Token;

    /// <summary>Completes when the node may stop.</summary>
    public async Task RunAsync()
    {
        begun = true;
        await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time);
        await leaving.CancelAsync();
        var from = time.GetTimestamp();
        while (!pages.IsEmpty && time.GetElapsedTime(from) < patience) await Task.Delay(TimeSpan.FromMilliseconds(100), time);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(begun ? HealthCheckResult.Unhealthy("The node is being stopped.") : HealthCheckResult.Healthy("The node takes visitors."));

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pages.TryAdd(circuit.Id, true);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pages.TryRemove(circuit.Id, out _);
        return Task.CompletedTask;
    }

    public void Dispose() => leaving.Dispose();
}
