namespace Tutor.Web.Addresses;

/// <summary>Refuses requests that name another host than the portal's, and gives the others the portal's own scheme and host.</summary>
public static class AddressedToPortal
{
    /// <summary>Every address that is built from a request afterwards (redirects, launches, cookies' Secure) follows from <c>PublicUrl</c>.</summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicAddress>();
        app.Use((context, next) =>
        {
            // Proxies and monitors ask each node by its own name whether it works.
            if (context.Request.Path.StartsWithSegments("/health")) return next(context);
            if (!address.IsNamedBy(context.Request.Host)) return RefuseAsync(context, address);
            if (address.Url is { } url)
            {
                context.Request.Scheme = url.Scheme;
                context.Request.Host = new HostString(url.IdnAuthority());
            }
            return next(context);
        });
    }

    // Uri.Authority has the host in its own letters; browsers and headers have it in ASCII.
    private static string IdnAuthority(this Uri url) => url.IsDefaultPort ? url.IdnHost : $"{url.IdnHost}:{url.Port}";

    private static Task RefuseAsync(HttpContext context, PublicAddress address)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(
            $"Tutor answers at {address.Words} and at no other address. Who runs it sets {PublicAddress.Setting} to the address people open, and lets the proxy pass the Host header on.",
            context.RequestAborted);
    }
}
