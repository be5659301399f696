using Microsoft.AspNetCore.Diagnostics;

namespace Tutor.Web.Errors;

public static class PortalErrors
{
    /// <summary>Pages for what went wrong. The machine API answers with problem details instead and is left alone.</summary>
    public static WebApplication UsePortalErrors(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
            app.UseHsts();
        }
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/api") && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            return next(context);
        });
        return app;
    }
}
