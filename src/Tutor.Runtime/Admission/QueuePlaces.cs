namespace Tutor.Runtime.Admission;

/// <summary>Tells pages of this node their place in the queue; asks admission at most twice a second for all of them.</summary>
internal sealed class QueuePlaces(IGrainFactory grains, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan fresh = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim gate = new(1, 1);
    private Known known = new(null, false, new([], 1, 0), new Dictionary<string, int>());

    /// <returns>Null when it does not wait (any more).</returns>
    public async Task<QueuePlace?> FindAsync(string id, CancellationToken cancel)
    {
        if (!IsFresh(known))
        {
            await gate.WaitAsync(cancel);
            try
            {
                if (!IsFresh(known)) known = await AskAsync(cancel);
            }
            catch (Exception error) when (error is TimeoutException or OrleansException)
            {
                // Admission is busy, moving or died with its node: the last places known are better than none, and nobody else waits for it now.
                known = known with { At = time.GetTimestamp(), Answered = false };
            }
            finally
            {
                gate.Release();
            }
        }
        var current = known;
        return current.Places.TryGetValue(id, out var place) ? new QueuePlace(place, current.Queue.WaitAt(place), current.Answered) : null;
    }

    private async Task<Known> AskAsync(CancellationToken cancel)
    {
        var queue = await grains.GetGrain<IAdmissionGrain>(AdmissionGrain.DefaultPool).SnapshotAsync().WaitAsync(patience, time, cancel);
        return new Known(time.GetTimestamp(), true, queue, queue.Ids.Select((id, index) => (id, index)).ToDictionary(row => row.id, row => row.index + 1));
    }

    public void Dispose() => gate.Dispose();

    private bool IsFresh(Known what) => what.At is { } at && time.GetElapsedTime(at) < fresh;

    private sealed record Known(long? At, bool Answered, QueueSnapshot Queue, IReadOnlyDictionary<string, int> Places);
}

/// <summary>Where a row stands in the queue.</summary>
/// <param name="Place">From 1.</param>
/// <param name="Sure">False where admission did not answer and these are the last words it gave.</param>
internal readonly record struct QueuePlace(int Place, TimeSpan Wait, bool Sure);
