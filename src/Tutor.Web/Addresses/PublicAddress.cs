using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Tutor.Web.Addresses;

/// <summary>Where people reach the portal: the setting <c>PublicUrl</c>, or without it the addresses the process listens on.</summary>
/// <remarks>What a request says about its own host is checked against it and never believed.</remarks>
public sealed class PublicAddress(IConfiguration configuration, IServer server)
{
    public const string Setting = "PublicUrl";

    private static readonly string[] loopback = ["localhost", "127.0.0.1", "[::1]"];
    private readonly Lazy<IReadOnlySet<string>> hosts = new(() => Hosts(server));

    /// <summary>Null where the setting is empty.</summary>
    public Uri? Url { get; } = Read(configuration[Setting]);

    /// <summary>As operators would type it into a browser, for messages.</summary>
    public string Words => Url?.GetLeftPart(UriPartial.Authority) ?? string.Join(" or ", hosts.Value.Order(StringComparer.Ordinal));

    /// <summary>Whether a request that names this host is meant for the portal. The port is left to proxies.</summary>
    public bool IsNamedBy(HostString host) =>
        Url is not null ? string.Equals(host.Host, Url.IdnHost, StringComparison.OrdinalIgnoreCase) : host.HasValue && hosts.Value.Contains(host.Host);

    /// <summary>Reads the setting <c>PublicUrl</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not an address a browser could open the portal at.</exception>
    public static Uri? Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return null;
        return Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 } && !IsAny(url)
            ? url
            : throw new InvalidOperationException(
                $"{Setting} is \"{setting}\". Give the address people open, scheme and host and nothing more, as https://tutor.example.edu.");
    }

    internal static bool IsAny(Uri address) => IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    // The names of this machine's own loopback address stand for each other.
    private static HashSet<string> Hosts(IServer server)
    {
        var listening = Listening(server).Where(address => !IsAny(address)).ToList();
        var own = listening.Where(address => !address.IsLoopback).Select(address => address.Host);
        return listening.Count == 0 || listening.Any(address => address.IsLoopback)
            ? new([.. own, .. loopback], StringComparer.OrdinalIgnoreCase)
            : new(own, StringComparer.OrdinalIgnoreCase);
    }

    internal static IEnumerable<Uri> Listening(IServer server) => (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        .Select(address => new Uri(address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal)));
}
