using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tutor.Web.Addresses;

namespace Tutor.UnitTests.Web.Addresses;

public sealed class TrustedProxiesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", "https 203.0.113.7")]
    [InlineData("127.0.0.0/8", "https 203.0.113.7")]
    [InlineData("10.0.0.2", "http 127.0.0.1")]
    [InlineData("", "http 127.0.0.1")]
    public async Task What_a_request_says_about_who_sent_it_is_believed_of_named_proxies_alone(string proxy, string seen)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // What ASPNETCORE_FORWARDEDHEADERS_ENABLED sets.
        builder.Configuration["ForwardedHeaders_Enabled"] = "true";
        if (proxy.Length > 0) builder.Configuration["KnownProxies:0"] = proxy;
        builder.AddTrustedProxies();
        await using var app = builder.Build();
        app.UseForwardedHeaders();
        app.Run(context => context.Response.WriteAsync($"{context.Request.Scheme} {context.Connection.RemoteIpAddress}"));
        await app.StartAsync(Cancel);

        using var http = new HttpClient { DefaultRequestHeaders = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-For", "203.0.113.7" }, { "X-Forwarded-Host", "evil.example" } } };
        Assert.Equal(seen, await http.GetStringAsync(new Uri(app.Urls.Single()), Cancel));
    }

    [Theory]
    [InlineData("proxy.example.edu")]
    [InlineData("10.0.0.2/40")]
    public void What_is_no_address_is_refused_at_the_start(string proxy)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["KnownProxies:0"] = proxy;

        Assert.Contains(proxy, Assert.Throws<InvalidOperationException>(builder.AddTrustedProxies).Message, StringComparison.Ordinal);
    }
}
