using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Tutor.Web.Health;

public static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can also do its work. Neither says more to a stranger
    /// than one word; the log says what is wrong. <c>/health/model</c>: hints come from a model. Without one they come from the courses'
    /// own ladders, so no proxy should turn visitors away for it. <c>/health</c>: which version runs, for whoever compares nodes.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/model", new HealthCheckOptions { Predicate = check => check.Tags.Contains("model") }).AllowAnonymous().DisableHttpMetrics();
        app.MapGet("/health", () => new { Version = TutorVersion.Current }).AllowAnonymous().DisableHttpMetrics().ExcludeFromDescription();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous().DisableHttpMetrics();
    }
}
