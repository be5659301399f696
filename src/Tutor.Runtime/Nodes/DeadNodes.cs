using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tutor.Data.Interactions;
using Tutor.Runtime.Admission;
using Tutor.Runtime.Interactions;

namespace Tutor.Runtime.Nodes;

/// <summary>When the cluster declares a node dead, lets go of the hints it ran, so that others go on with them before its lease is out.</summary>
/// <remarks>
/// Every living node does this, and doing it twice changes nothing. A node that was declared dead and is not finds at its
/// next checkpoint that it holds its rows no more.
/// </remarks>
internal sealed partial class DeadNodes(
    ISiloStatusOracle silos, Ledger ledger, IGrainFactory grains, TokenHub hub, ILogger<DeadNodes> logger) : IHostedService, ISiloStatusListener
{
    public Task StartAsync(CancellationToken cancel)
    {
        silos.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel)
    {
        silos.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        // Off the caller's thread: the view of the cluster must not wait for the ledger.
        if (status == SiloStatus.Dead) _ = Task.Run(() => ReleaseAsync(updatedSilo));
    }

    private async Task ReleaseAsync(SiloAddress silo)
    {
        try
        {
            var released = await ledger.ReleaseAsync(RuntimeNode.OwnerOf(silo), CancellationToken.None);
            if (released > 0) LogReleased(released, silo);
            await grains.GetGrain<IAdmissionGrain>(AdmissionGrain.DefaultPool).LookAsync();
            hub.AskAgain();
        }
        catch (Exception error)
        {
            // The leases of its rows run out a few seconds later.
            LogFailed(error, silo);
        }
    }

    [LoggerMessage(LogLevel.Information, "Going on with {Count} interactions that node {Node} left running")]
    private partial void LogReleased(int count, SiloAddress node);

    [LoggerMessage(LogLevel.Warning, "Could not let go of what node {Node} left running; its leases run out by themselves")]
    private partial void LogFailed(Exception error, SiloAddress node);
}
