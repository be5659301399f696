namespace Tutor.Web.Addresses;

/// <summary>What acts in the name of a signed-in person comes from the portal's own pages: circuits, and every request that may change something.</summary>
/// <remarks>
/// A cookie with SameSite=Lax keeps other sites out, and not other hosts and ports of the same site: a student's page on people.example.edu could
/// open a circuit as whoever looks at it.
/// </remarks>
public static class OwnOriginOnly
{
    // Each of these asks for a proof of its own, and comes from elsewhere by design.
    private static readonly PathString[] exempt =
    [
        // Signed in by a token in a header, which no browser adds by itself. Cookies are not looked at.
        "/api",
        // Forms that a learning platform lets the browser send: state and nonce in a cookie of this portal, a signed token, one use.
        "/lti/login", "/lti/launch",
        // The same from the identity provider, by the OpenID Connect handler.
        "/signin-oidc",
    ];

    public static IApplicationBuilder UseOwnOriginOnly(this IApplicationBuilder app) => app.Use((context, next) =>
        !MustBeOwn(context.Request) || IsOwn(context.Request) ? next(context) : RefuseAsync(context));

    private static bool MustBeOwn(HttpRequest request) => IsCircuit(request)
        || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        && !exempt.Any(path => request.Path.StartsWithSegments(path));

    private static bool IsCircuit(HttpRequest request) => request.Path.StartsWithSegments("/_blazor");

    /// <summary>Browsers say where a request comes from in Origin; where they leave it out, as for a GET of the same origin, in Sec-Fetch-Site.</summary>
    private static bool IsOwn(HttpRequest request) => request.Headers.Origin switch
    {
        [var origin] => origin == $"{request.Scheme}://{request.Host.Value?.ToLowerInvariant()}",
        [] => request.Headers["Sec-Fetch-Site"] is ["same-origin" or "none"],
        _ => false,
    };

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            $"Tutor takes this only from its own pages. Open {context.Request.Scheme}://{context.Request.Host} and try again there.", context.RequestAborted);
    }
}
