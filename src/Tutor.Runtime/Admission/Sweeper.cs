using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tutor.Data;
using Tutor.Data.Interactions;

namespace Tutor.Runtime.Admission;

/// <summary>Knocks at admission once a second, so that open rows are found by whichever node lives.</summary>
internal sealed partial class Sweeper(IGrainFactory grains, Database database, Ledger ledger, TimeProvider time, ILogger<Sweeper> logger) : BackgroundService
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    public override async Task StartAsync(CancellationToken cancel)
    {
        // This process holds the lock of the database file, so whoever ran these rows is gone. Other nodes that share a
        // database live on: their leases and the cluster tell when one does not.
        if (database.Dialect == Dialect.Sqlite && await ledger.ReleaseAllAsync(cancel) is > 0 and var taken) LogTaken(taken);
        await base.StartAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            try
            {
                await grains.GetGrain<IAdmissionGrain>(AdmissionGrain.DefaultPool).TickAsync().WaitAsync(patience, time, cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The next tick tries again; until then rows wait in the ledger.
                LogMissed(error);
            }
        } while (await timer.WaitForNextTickAsync(cancel));
    }

    [LoggerMessage(LogLevel.Information, "Going on with {Count} interactions that an earlier process left running")]
    private partial void LogTaken(int count);

    [LoggerMessage(LogLevel.Warning, "Admission did not answer")]
    private partial void LogMissed(Exception error);
}
