namespace Tutor.Web.Api;

public static partial class ApiErrors
{
    /// <summary>Whatever goes wrong under /api is answered as problem details, also what went wrong before or behind its endpoints.</summary>
    public static void UseApiErrors(this WebApplication app) => app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.Use(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = error.StatusCode;
        }
        catch (Exception error) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Clear();
            LogFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiErrors)), error, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "", context.TraceIdentifier);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        var response = context.Response;
        if (!response.HasStarted && response is { StatusCode: >= 400, ContentType: null, ContentLength: null })
            await TypedResults.Problem(Words(context), statusCode: response.StatusCode, title: response.StatusCode >= 500 ? "Something went wrong" : null).ExecuteAsync(context);
    }

    private static string? Words(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be read. Look at its address and its headers; /openapi/v1.json describes what is expected.",
        StatusCodes.Status404NotFound => "There is nothing at this address; /openapi/v1.json lists what there is.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method; /openapi/v1.json lists which it takes.",
        StatusCodes.Status413PayloadTooLarge => "The request is larger than Tutor takes.",
        StatusCodes.Status429TooManyRequests => "Requests come faster than Tutor takes them from one person. Wait a second and send it again.",
        StatusCodes.Status500InternalServerError => $"Send the request again; if it fails again, give whoever runs Tutor this reference: {context.TraceIdentifier}",
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed ({Reference})")]
    private static partial void LogFailed(ILogger logger, Exception error, string method, string endpoint, string reference);
}
