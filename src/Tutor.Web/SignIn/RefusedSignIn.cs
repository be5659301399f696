using Microsoft.AspNetCore.Authentication;

namespace Tutor.Web.SignIn;

/// <summary>A sign-in that did not hold ends on a page, not in an error; why is for the log alone, since it would help who forges one.</summary>
public static partial class RefusedSignIn
{
    public const string Address = "/sign-in/refused";

    /// <summary>For somebody whom an operator suspended.</summary>
    public const string SuspendedAddress = $"{Address}?suspended=true";

    public static Task ShowAsync(RemoteFailureContext context)
    {
        var logger = context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefusedSignIn));
        LogRefused(logger, context.HttpContext.TraceIdentifier, Reason(context.Failure));
        context.Response.Redirect($"{context.Request.PathBase}{Address}?reference={Uri.EscapeDataString(context.HttpContext.TraceIdentifier)}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    // Messages of the library carry no token and no name, only what did not fit.
    private static string Reason(Exception? failure) => failure?.InnerException?.Message ?? failure?.Message ?? "no reason given";

    [LoggerMessage(LogLevel.Warning, "A sign-in was refused ({Reference}): {Reason}")]
    private static partial void LogRefused(ILogger logger, string reference, string reason);
}
