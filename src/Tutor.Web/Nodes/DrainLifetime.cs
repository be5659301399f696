using System.Runtime.InteropServices;

namespace Tutor.Web.Nodes;

/// <summary>Takes the signals that end a process and drains the node before it stops; a second signal stops it at once.</summary>
/// <remarks>
/// In the place of the framework's own, which tells every part of the process at once that it ends: connections would close
/// before the proxy knows where to send them.
/// </remarks>
internal sealed class DrainLifetime(Drain drain, IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];
    private int asked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            signals.Add(PosixSignalRegistration.Create(signal, Take));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref asked) > 1) application.StopApplication();
        else _ = Task.Run(StopAsync);
    }

    private async Task StopAsync()
    {
        try
        {
            await drain.RunAsync();
        }
        finally
        {
            application.StopApplication();
        }
    }
}
