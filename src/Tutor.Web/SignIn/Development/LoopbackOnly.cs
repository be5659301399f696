using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Tutor.Web.SignIn;

/// <summary>Stops the start when the development sign-in would be reachable from another machine.</summary>
public sealed class LoopbackOnly(IServer server) : IHostedLifecycleService
{
    public static bool Allows(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses
            .FirstOrDefault(address => !new Uri(address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal)).IsLoopback);
        return open is null
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"The development sign-in refuses to run on {open}, which other machines can reach. "
                + "Listen on http://localhost, or build with -c Release and configure AzureAd.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
