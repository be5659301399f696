using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Tutor.WebTests.Nodes;

/// <summary>The proxy in front of several nodes: a visitor stays with one node by a cookie until its health check fails.</summary>
internal sealed class StickyProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly InMemoryConfigProvider nodes;

    private StickyProxy()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        builder.Services.AddReverseProxy().LoadFromMemory([], []);
        app = builder.Build();
        app.UseWebSockets();
        app.MapReverseProxy();
        nodes = app.Services.GetRequiredService<InMemoryConfigProvider>();
    }

    public Uri Address { get; private set; } = null!;

    public static async Task<StickyProxy> StartAsync()
    {
        var proxy = new StickyProxy();
        await proxy.app.StartAsync();
        proxy.Address = new Uri(proxy.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return proxy;
    }

    public void SendTo(IEnumerable<Uri> addresses) => nodes.Update(
        [
            new RouteConfig
            {
                RouteId = "portal", ClusterId = "portal", Match = new RouteMatch { Path = "{**all}" },
                // The page must see its own address, not the node's.
                Transforms = [new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" }],
            },
        ],
        [
            new ClusterConfig
            {
                ClusterId = "portal",
                SessionAffinity = new SessionAffinityConfig { Enabled = true, Policy = "HashCookie", FailurePolicy = "Redistribute", AffinityKeyName = "node" },
                HealthCheck = new HealthCheckConfig
                {
                    Active = new ActiveHealthCheckConfig
                    {
                        Enabled = true, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(3), Policy = "ConsecutiveFailures", Path = "/health/ready",
                    },
                },
                Metadata = new Dictionary<string, string> { ["ConsecutiveFailuresHealthPolicy.Threshold"] = "1" },
                Destinations = addresses.ToDictionary(address => address.Authority, address => new DestinationConfig { Address = address.ToString() }),
            },
        ]);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
