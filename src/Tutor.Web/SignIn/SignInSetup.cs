using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Tutor.Data.Keys;
using Tutor.Web.Addresses;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.Web.SignIn;

public static partial class SignInSetup
{
    /// <summary>
    /// Signs people in through Entra ID where <c>AzureAd</c> is configured, else through the development sign-in,
    /// which only a Debug build in the Development environment has. Every page asks for a signed-in person by default.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no way to sign in.</exception>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddKeyRing(builder.Configuration);

        builder.AddSessions();
        if (EntraSignIn.IsConfigured(builder.Configuration))
            builder.AddEntraSignIn();
        else
            AddDevelopmentSignIn(builder);
        if (!builder.Services.Any(service => service.ServiceType == typeof(SignInDoor)))
            throw new InvalidOperationException(
                "Nobody could sign in: set AzureAd:Instance, AzureAd:TenantId and AzureAd:ClientId (see deploy/README.md) and start again. "
                + "The development sign-in exists only in Debug builds that run with ASPNETCORE_ENVIRONMENT=Development.");
        var secure = PublicAddress.Read(builder.Configuration[PublicAddress.Setting])?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        builder.Services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, cookie => ConfigureCookie(cookie, secure));
        builder.Services.Configure<AntiforgeryOptions>(antiforgery => antiforgery.Cookie.SecurePolicy = secure);
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in", (SignInDoor door, string? returnUrl) =>
            Results.LocalRedirect($"{door.Address}?returnUrl={Uri.EscapeDataString(returnUrl ?? "/")}")).AllowAnonymous();
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        if (EntraSignIn.IsConfigured(app.Configuration))
            app.MapEntraSignIn();
        else
            MapDevelopmentSignIn(app);
    }

    // Without a body in this build the compiler drops the calls: what is not in the folder Development does not exist.
    static partial void AddDevelopmentSignIn(WebApplicationBuilder builder);

    static partial void MapDevelopmentSignIn(WebApplication app);

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, CookieSecurePolicy secure)
    {
        cookie.Cookie.Name = "tutor";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = secure;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = SessionSetup.ValidateAsync;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnRedirectToLogin = context =>
        {
            // A program that calls the API wants to hear 401, not a page.
            if (context.Request.Path.StartsWithSegments("/api"))
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else
                context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInSessions sessions)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.BadRequest();
        await sessions.SignOutAsync(context.User, context.RequestAborted);
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect("/signed-out");
    }
}
