using System.Diagnostics;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Admission;

/// <summary>Counts requests in the house, sends away those the queue has no room for, and lets none in while the host drains.</summary>
internal sealed class RequestGate(int slots, int queue)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int inside;
    private double meanSeconds = 1;

    public bool IsDraining { get; private set; }

    public int Inside { get { lock (gate) return inside; } }

    /// <returns>Ends the visit when disposed.</returns>
    /// <param name="answers">Slots the request will take.</param>
    /// <exception cref="ApiException">503 while the host drains, 429 when the queue is full.</exception>
    public IDisposable Enter(int answers)
    {
        lock (gate)
        {
            if (IsDraining) throw Draining();
            if (inside + answers > slots + queue)
                throw new ApiException(429, "rate_limit_error", $"The queue is full: {inside} answers are being written or wait. Come back later.", null, "rate_limit_exceeded")
                {
                    // About when a place in the queue comes free, by how long answers took of late.
                    RetryAfter = (int)Math.Clamp(Math.Ceiling(meanSeconds * Math.Max(1, answers) / slots), 1, 60),
                };
            inside += answers;
        }
        return new Visit(this, answers);
    }

    /// <summary>Lets nobody in any more.</summary>
    /// <returns>Completes when the last one has left.</returns>
    public Task DrainAsync()
    {
        lock (gate)
        {
            IsDraining = true;
            if (inside == 0) empty.TrySetResult();
        }
        return empty.Task;
    }

    public static ApiException Draining() =>
        new(503, "server_error", "This host is shutting down and takes no more requests. Use another one.", null, "draining") { RetryAfter = 5 };

    private void Leave(int answers, TimeSpan stayed)
    {
        lock (gate)
        {
            inside -= answers;
            meanSeconds += (stayed.TotalSeconds - meanSeconds) / 16;
            if (IsDraining && inside == 0) empty.TrySetResult();
        }
    }

    private sealed class Visit(RequestGate gate, int answers) : IDisposable
    {
        private readonly long began = Stopwatch.GetTimestamp();
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0) gate.Leave(answers, Stopwatch.GetElapsedTime(began));
        }
    }
}
