using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Tutor.ModelHost.Admission;

/// <summary>On SIGTERM or Ctrl+C: refuses new requests, still over HTTP, lets running answers finish, then stops. A second signal stops at once.</summary>
internal sealed partial class DrainingLifetime(IHostApplicationLifetime application, RequestGate gate, IOptions<ServerOptions> options, ILogger<DrainingLifetime> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
            signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (gate.IsDraining)
            application.StopApplication();
        else
            _ = DrainAsync();
    }

    private async Task DrainAsync()
    {
        LogDraining(gate.Inside, options.Value.DrainSeconds);
        try
        {
            await gate.DrainAsync().WaitAsync(TimeSpan.FromSeconds(options.Value.DrainSeconds), application.ApplicationStopping);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            LogLeft(gate.Inside);
        }
        application.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: {Count} answers are running and have {Seconds} s to finish; new requests get 503")]
    private partial void LogDraining(int count, int seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping with {Count} answers unfinished")]
    private partial void LogLeft(int count);
}
