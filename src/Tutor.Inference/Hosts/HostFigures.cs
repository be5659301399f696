namespace Tutor.Inference.Hosts;

/// <summary>What one host has written for this process since it started, and how fast it writes now.</summary>
internal sealed class HostFigures(TimeProvider time)
{
    private const int Seconds = 15;

    private readonly Lock gate = new();
    private readonly long[] written = new long[Seconds];
    private long second;
    private long answers, failures, read, cached;

    /// <summary>Pieces of text in a second, over the last fifteen; a piece is a token with every engine Tutor was tried with.</summary>
    public double PiecesPerSecond
    {
        get
        {
            lock (gate)
            {
                MoveOn();
                return (double)written.Sum() / Seconds;
            }
        }
    }

    public (long Answers, long Failures, long Read, long Cached) Totals { get { lock (gate) return (answers, failures, read, cached); } }

    public void Wrote()
    {
        lock (gate)
        {
            MoveOn();
            written[second % Seconds]++;
        }
    }

    public void Ended() { lock (gate) answers++; }

    public void Failed() { lock (gate) failures++; }

    /// <param name="input">Tokens of a prompt, of which <paramref name="fromCache"/> were in the host's prefix cache.</param>
    public void Read(long input, long fromCache)
    {
        lock (gate) (read, cached) = (read + input, cached + fromCache);
    }

    // Seconds in which nothing was written are emptied when somebody looks.
    private void MoveOn()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        for (var next = Math.Max(second + 1, now - Seconds + 1); next <= now; next++) written[next % Seconds] = 0;
        second = now;
    }
}
