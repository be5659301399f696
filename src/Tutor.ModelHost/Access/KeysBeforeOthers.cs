using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Tutor.ModelHost.Access;

/// <summary>Stops the start where other machines would reach a host that asks nobody for a key. Until then it has refused them itself.</summary>
internal sealed class KeysBeforeOthers(IServer server, IOptions<ServerOptions> options) : IHostedLifecycleService
{
    /// <summary>Looks at the addresses the settings name, before anything listens.</summary>
    /// <exception cref="StartRefusedException">Other machines would reach one of them.</exception>
    public static void Check(IConfiguration configuration, ServerOptions options) => Check(
        [.. (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()], options);

    // What no setting named, as an address that code added.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Check(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [], options.Value);
        return Task.CompletedTask;
    }

    private static void Check(IEnumerable<string> addresses, ServerOptions options)
    {
        if (options.AllowWithoutKeys || options.ApiKeys.Any(key => key.Length > 0)) return;
        var open = addresses.FirstOrDefault(address => !Uri.TryCreate(
            address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) || !uri.IsLoopback);
        if (open is not null)
            throw new StartRefusedException(
                $"The model host does not listen on {open} without keys: other machines reach that address. Set Server:ApiKeys:0 (Server__ApiKeys__0 in the environment), "
                + "listen on http://127.0.0.1:8080, or set Server:AllowWithoutKeys to true where something in front checks who comes.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
