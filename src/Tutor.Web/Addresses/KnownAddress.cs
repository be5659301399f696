using Microsoft.AspNetCore.Hosting.Server;

namespace Tutor.Web.Addresses;

/// <summary>Stops a start after which the portal could not know by which address people come.</summary>
public sealed partial class KnownAddress(IServer server, PublicAddress address, IHostEnvironment environment, ILogger<KnownAddress> logger) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment()) return Task.CompletedTask;
        if (address.Url is null && PublicAddress.Listening(server).Any(PublicAddress.IsAny))
            throw new InvalidOperationException(
                $"The portal listens on every address of this machine and does not know which one people open: set {PublicAddress.Setting}, as https://tutor.example.edu, and start again.");
        if (address.Url is { Scheme: "http", IsLoopback: false } open) LogOpen(logger, open);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "PublicUrl is {Url}, without TLS: whoever listens on the way can take a sign-in over. Put TLS in front and write https.")]
    private static partial void LogOpen(ILogger logger, Uri url);
}
