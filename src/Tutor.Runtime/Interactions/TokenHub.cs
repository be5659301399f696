using System.Collections.Concurrent;

namespace Tutor.Runtime.Interactions;

/// <summary>The one observer of this node: takes in what runners anywhere send and fans it out to this node's viewers.</summary>
internal sealed class TokenHub(IGrainFactory grains, TimeProvider time) : IHintObserver
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Mirror> mirrors = new();
    private readonly Lock gate = new();
    private IHintObserver? reference;

    // Orleans holds observers weakly; this object lives as long as the process.
    private IHintObserver Reference
    {
        get { lock (gate) return reference ??= grains.CreateObjectReference<IHintObserver>(this); }
    }

    /// <summary>Follows an interaction until disposed; viewers of the same one share what is held.</summary>
    public View Watch(string id)
    {
        lock (gate)
        {
            var mirror = mirrors.GetOrAdd(id, static key => new Mirror(key));
            mirror.Viewers++;
            return new View(this, mirror);
        }
    }

    /// <summary>Makes this node's viewers look at the ledger now.</summary>
    public void Wake(string id)
    {
        if (mirrors.TryGetValue(id, out var mirror)) mirror.Live.Wake();
    }

    /// <summary>Makes this node's viewers ask their runners again: some may have moved to another node.</summary>
    public void AskAgain()
    {
        foreach (var mirror in mirrors.Values)
        {
            mirror.AskedAt = null;
            mirror.Live.Wake();
        }
    }

    public Task OnAsync(HintChunk chunk)
    {
        if (mirrors.TryGetValue(chunk.InteractionId, out var mirror)) mirror.Take(chunk, time.GetTimestamp());
        return Task.CompletedTask;
    }

    private TimeSpan Since(long stamp) => time.GetElapsedTime(stamp);

    private async Task<bool> AttachAsync(Mirror mirror, CancellationToken cancel)
    {
        mirror.AskedAt = time.GetTimestamp();
        try
        {
            var chunk = await grains.GetGrain<IInteractionGrain>(mirror.Id).AttachAsync(Reference).WaitAsync(patience, time, cancel);
            if (chunk is not null) mirror.Take(chunk, time.GetTimestamp());
            return chunk is not null;
        }
        catch (Exception error) when (error is TimeoutException or OrleansException)
        {
            // The runner's node is going or gone; the viewer reads the ledger meanwhile and asks again at its next look.
            mirror.AskedAt = null;
            return false;
        }
    }

    private void Leave(Mirror mirror)
    {
        lock (gate)
        {
            if (--mirror.Viewers > 0) return;
            mirrors.TryRemove(mirror.Id, out _);
        }
        _ = grains.GetGrain<IInteractionGrain>(mirror.Id).DetachAsync(Reference);
    }

    /// <summary>What one viewer holds on to.</summary>
    internal sealed class View(TokenHub hub, Mirror mirror) : IDisposable
    {
        // The runner sends a sign of life each second.
        private static readonly TimeSpan silence = TimeSpan.FromSeconds(2);

        public LiveHint Live => mirror.Live;

        /// <summary>Whether the runner, or who will be it, was asked and is where it was then.</summary>
        public bool WasAttached => mirror.AskedAt is not null;

        /// <summary>Asks the runner for everything when nothing was ever heard, something is missing, or it fell silent.</summary>
        /// <returns>False when it was asked and nothing runs: it has not begun, or it ended meanwhile, as the ledger says.</returns>
        public Task<bool> KeepAttachedAsync(CancellationToken cancel) =>
            mirror.AskedAt is { } asked && !mirror.Gap && hub.Since(Math.Max(asked, mirror.HeardAt)) < silence
                ? Task.FromResult(true)
                : hub.AttachAsync(mirror, cancel);

        public void Dispose() => hub.Leave(mirror);
    }

    internal sealed class Mirror(string id)
    {
        private long heardAt;

        public string Id => id;
        public LiveHint Live { get; } = new(id);
        public int Viewers { get; set; }
        public long? AskedAt { get; set; }
        public bool Gap { get; private set; }
        public long HeardAt => Volatile.Read(ref heardAt);

        public void Take(HintChunk chunk, long now)
        {
            Gap = !Live.Apply(chunk);
            // If another attempt follows it may run elsewhere.
            if (chunk.Ended) AskedAt = null;
            Volatile.Write(ref heardAt, now);
        }
    }
}
