using Microsoft.AspNetCore.Mvc;

namespace Tutor.Web;

/// <summary>How large the body of a request may be. A route that takes more says so itself.</summary>
public static class RequestSizes
{
    // Forms of pages, the messages of a circuit without WebSockets (64 KB), launches with all their claims.
    private const int Usual = 256 * 1024;

    /// <summary>A program and a question as a form sends them: three bytes for a character at most.</summary>
    public const int Draft = 1024 * 1024;

    public const int Api = 2 * 1024 * 1024;

    public static void LimitRequestSizes(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Usual);

    public static TBuilder WithRequestSize<TBuilder>(this TBuilder endpoint, int bytes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RequestSizeLimitAttribute(bytes));
}
