using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tutor.Data;

namespace Tutor.Runtime.Health;

/// <summary>Whether the ledger answers.</summary>
internal sealed class DatabaseHealth(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel = default)
    {
        try
        {
            await database.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM course", null, cancel);
            return HealthCheckResult.Healthy("The ledger answers.");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The ledger on {database.Name} does not answer.", error);
        }
    }
}
