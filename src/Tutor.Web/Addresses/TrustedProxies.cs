using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tutor.Web.Addresses;

/// <summary>Takes X-Forwarded-For and X-Forwarded-Proto from the proxies named in <c>KnownProxies</c>, and from nobody else.</summary>
public static class TrustedProxies
{
    public const string Setting = "KnownProxies";

    /// <exception cref="InvalidOperationException">One of the proxies is neither an address nor a network.</exception>
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        var networks = (builder.Configuration.GetSection(Setting).Get<string[]>() ?? []).Select(Read).ToList();
        // After everything else: ASPNETCORE_FORWARDEDHEADERS_ENABLED would trust whoever sends them.
        builder.Services.PostConfigure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks) options.KnownIPNetworks.Add(network);
        });
    }

    private static System.Net.IPNetwork Read(string proxy) =>
        IPAddress.TryParse(proxy, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(proxy, out var network) ? network
        : throw new InvalidOperationException($"{Setting} has \"{proxy}\". Name each proxy by its IP address, as 10.0.0.2, or by its network, as 10.0.0.0/24.");
}
