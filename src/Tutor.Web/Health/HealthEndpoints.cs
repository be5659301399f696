using Tutor.Data;

namespace Tutor.Web.Health;

public static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can also do its work, which needs the database.
    /// Neither says more than that to a stranger.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().DisableHttpMetrics();
        app.MapGet("/health/ready", ReadyAsync).AllowAnonymous().DisableHttpMetrics();
    }

    private static async Task<IResult> ReadyAsync(Database database, CancellationToken cancel)
    {
        try
        {
            await database.QuerySingleOrDefaultAsync<int>("SELECT 1", null, cancel);
            return Results.Text("ready");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Results.Text("The database does not answer.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
