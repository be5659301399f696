namespace Tutor.SimulatedHost;

/// <summary>Slots, the time of reading and writing, and the prefix cache of an engine that computes nothing.</summary>
internal sealed class SimulatedEngine(SimulatedTiming timing) : IDisposable
{
    private readonly SemaphoreSlim slots = new(timing.Slots, timing.Slots);
    private readonly LinkedList<string> prefixes = [];
    private readonly Lock gate = new();
    private int running, waiting;
    private long asked, hits, written;

    public string Metrics =>
        $"""
        simulated_requests_running {running}
        simulated_requests_waiting {waiting}
        simulated_requests_total {asked}
        simulated_prefix_hits_total {hits}
        simulated_tokens_total {written}

        """;

    /// <summary>Waits for a slot and reads the prompt; dispose what comes back when the answer is written.</summary>
    /// <param name="prefix">The part of the prompt that many requests share.</param>
    public async Task<IDisposable> BeginAsync(string prefix, int promptTokens, CancellationToken cancel)
    {
        Interlocked.Increment(ref asked);
        Interlocked.Increment(ref waiting);
        try
        {
            await slots.WaitAsync(cancel);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        Interlocked.Increment(ref running);
        var slot = new Slot(this);
        try
        {
            var cached = Touch(prefix) ? prefix.Length / 4 : 0;
            await Task.Delay(timing.Prefill(Math.Max(0, promptTokens - cached)), cancel);
            return slot;
        }
        catch (OperationCanceledException)
        {
            slot.Dispose();
            throw;
        }
    }

    public Task NextTokenAsync(CancellationToken cancel)
    {
        Interlocked.Increment(ref written);
        return Task.Delay(timing.Next(Volatile.Read(ref running)), cancel);
    }

    public void Dispose() => slots.Dispose();

    // The oldest goes when there are too many, as in an engine that runs out of memory for keys and values.
    private bool Touch(string prefix)
    {
        lock (gate)
        {
            var hit = prefixes.Remove(prefix);
            if (hit) hits++;
            prefixes.AddFirst(prefix);
            if (prefixes.Count > timing.CachedPrefixes) prefixes.RemoveLast();
            return hit;
        }
    }

    private sealed class Slot(SimulatedEngine engine) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref engine.running);
            engine.slots.Release();
        }
    }
}
