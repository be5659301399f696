using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tutor.Inference.Hosts;

namespace Tutor.Runtime.Health;

/// <summary>Whether hints can come from a model, where one is configured.</summary>
internal sealed class ModelHealth(ModelPool pool) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancel = default) => Task.FromResult(
        !pool.IsConfigured ? HealthCheckResult.Healthy("No model is configured; hints come from the courses' ladders.")
        : pool.Status.Any(host => host is { IsUp: true, FailsEach: false }) ? HealthCheckResult.Healthy("A model host answers.")
        : HealthCheckResult.Unhealthy($"No model host answers. {string.Join(" ", pool.Status.Select(host => $"{host.Name}: {host.LastError}"))}"));
}
