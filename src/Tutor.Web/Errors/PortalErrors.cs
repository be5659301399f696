using Microsoft.AspNetCore.Diagnostics;

namespace Tutor.Web.Errors;

public static partial class PortalErrors
{
    /// <summary>Pages for what went wrong; the machine API answers with problem details instead.</summary>
    public static WebApplication UsePortalErrors(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseLastResort();
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error", CreateScopeForErrors = true,
                StatusCodeSelector = error => error is BadHttpRequestException unreadable ? unreadable.StatusCode : StatusCodes.Status500InternalServerError,
            });
            app.UseHsts();
        }
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (IsApi(context) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            return next(context);
        });
        return app;
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api");

    // The page of errors may fail by the same fault. What the server then says by itself has none of the portal's headers.
    private static void UseLastResort(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PortalErrors));
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception error) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                LogNoPage(logger, error, context.TraceIdentifier);
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                await context.Response.WriteAsync($"Tutor could not answer. Try again in a minute. Reference: {context.TraceIdentifier}", context.RequestAborted);
            }
        });
    }

    [LoggerMessage(LogLevel.Error, "A request failed, and so did the page that says so ({Reference})")]
    private static partial void LogNoPage(ILogger logger, Exception error, string reference);
}
