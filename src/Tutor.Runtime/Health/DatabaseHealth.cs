using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tutor.Data;

namespace Tutor.Runtime.Health;

/// <summary>Whether the ledger answers.</summary>
internal sealed class DatabaseHealth(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await database.PingAsync(patience.Token);
            return HealthCheckResult.Healthy("The ledger answers.");
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"The ledger on {database.Name} does not answer.", error);
        }
    }
}
