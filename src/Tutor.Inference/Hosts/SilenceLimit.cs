namespace Tutor.Inference.Hosts;

/// <summary>Cancels when nothing came for too long.</summary>
/// <remarks>
/// The time is counted in parts, each by a timer set anew. A process that stood still itself (stopped, or its virtual machine paused) finds
/// one part over when it goes on, not the whole limit, and does not take its own sleep for the other side's silence.
/// </remarks>
internal sealed class SilenceLimit : IDisposable
{
    private const int Parts = 10;

    private readonly CancellationTokenSource source;
    private readonly ITimer timer;
    private TimeSpan part;
    private int left;

    public SilenceLimit(TimeProvider time, CancellationToken caller)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        timer = time.CreateTimer(_ => EndPart(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled by the limit or by the caller.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Counts from now.</summary>
    public void Start(TimeSpan limit)
    {
        lock (source)
        {
            (part, left) = (limit / Parts, Parts);
            timer.Change(part, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop()
    {
        lock (source)
        {
            left = 0;
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public Task CancelAsync() => source.CancelAsync();

    public void Dispose()
    {
        lock (source)
        {
            left = 0;
            timer.Dispose();
            source.Dispose();
        }
    }

    private void EndPart()
    {
        lock (source)
        {
            // A part that ended while the limit was stopped or started anew.
            if (left == 0) return;
            left--;
            if (left > 0)
                timer.Change(part, Timeout.InfiniteTimeSpan);
            else
                _ = source.CancelAsync();
        }
    }
}
