using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tutor.Data.ModelHosts;
using Tutor.Inference.Hosts;
using Tutor.Runtime.Nodes;

namespace Tutor.Runtime.ModelHosts;

/// <summary>Keeps this node's pool to what operators decided, and tells the other nodes how the hosts do from here.</summary>
internal sealed partial class HostReporter(
    HostSwitches switches, IGrainFactory grains, RuntimeNode node, TimeProvider time, ILogger<HostReporter> logger, ModelPool? pool = null) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancel)
    {
        // Before the first hint: a host that is out stays out across a restart.
        if (pool is { IsConfigured: true }) pool.TakeOut(await OutAsync(cancel));
        await base.StartAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (pool is not { IsConfigured: true }) return;
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                pool.TakeOut(await OutAsync(stoppingToken));
                await grains.GetGrain<IHostReportsGrain>(HostReportsGrain.Key)
                    .ReportAsync(new NodeReport(node.Owner, [.. pool.Status.Select(HostReport.Of)]));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // What was decided last holds on; the next round reads it again.
                LogFailed(error);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyCollection<string>> OutAsync(CancellationToken cancel) =>
        [.. (await switches.OutAsync(cancel)).Select(host => host.Host)];

    [LoggerMessage(LogLevel.Warning, "The operators' choice of model hosts could not be read or this node's figures not told")]
    private partial void LogFailed(Exception error);
}
