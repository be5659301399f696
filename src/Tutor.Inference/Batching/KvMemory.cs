namespace Tutor.Inference.Batching;

/// <summary>The KV cache: which sequences are in it, what they share, and what may be thrown out.</summary>
internal sealed class KvMemory
{
    // Shorter beginnings are recomputed in no time and would only push longer ones out.
    private const int ShortestKept = 16;

    private readonly DecodeContext context;
    private readonly PrefixCache cache;
    private readonly Stack<int> freeIds;
    private readonly List<KvSequence> running = [];
    private readonly bool share;
    private readonly int sequences;

    /// <param name="cached">Most sequences kept after they finished; none for a model whose state cannot be shared.</param>
    public KvMemory(DecodeContext context, int slots, int cached)
    {
        (this.context, share, sequences) = (context, cached > 0, slots + cached);
        cache = new PrefixCache(cached);
        Ledger = new KvLedger(context.Cells);
        freeIds = new Stack<int>(Enumerable.Range(0, sequences).Reverse());
    }

    public KvLedger Ledger { get; }

    /// <summary>Finished sequences that had to go.</summary>
    public long Evictions { get; private set; }

    /// <summary>The sequence with the longest beginning in common with a prompt.</summary>
    public PrefixMatch Find(ReadOnlySpan<int> prompt, int adapter)
    {
        var best = default(PrefixMatch);
        if (!share) return best;
        foreach (var sequence in running) best = Better(best, sequence, prompt, adapter);
        foreach (var sequence in cache.Sequences) best = Better(best, sequence, prompt, adapter);
        return best;
    }

    /// <summary>Cells that a request would take from what is neither pinned nor reserved.</summary>
    public int Need(int promptTokens, int maxTokens, PrefixMatch match) =>
        promptTokens - match.Computed + maxTokens + (match.Source is { } source ? Ledger.Unpinned(source.Cells[..match.Computed]) : 0);

    /// <summary>Begins a sequence with a prompt, and with the cells of what it has in common with another.</summary>
    public KvSequence Start(ReadOnlySpan<int> prompt, int adapter, PrefixMatch match)
    {
        var sequence = match.Source is { } source && match.Computed == source.Count && cache.Sequences.Contains(source)
            ? Continue(source)
            : Branch(prompt.Length, adapter, match);
        sequence.Append(prompt[match.Computed..]);
        running.Add(sequence);
        return sequence;
    }

    /// <summary>Throws cached sequences out until so many cells are free.</summary>
    public void MakeRoom(int cells)
    {
        while (Ledger.Free < cells && cache.Oldest() is { } oldest)
        {
            cache.Remove(oldest);
            Forget(oldest);
            Evictions++;
        }
    }

    /// <summary>A running sequence is done. It stays for requests that begin alike, unless one like it is there.</summary>
    public void Retire(KvSequence sequence)
    {
        sequence.DropPending();
        running.Remove(sequence);
        Ledger.Unpin(sequence.Cells);
        foreach (var other in cache.Sequences.Where(other => other.Adapter == sequence.Adapter).ToList())
        {
            var common = other.Tokens.CommonPrefixLength(sequence.Tokens);
            if (common == sequence.Count)
            {
                cache.Touch(other);
                Forget(sequence);
                return;
            }
            if (common < other.Count) continue;
            cache.Remove(other);
            Forget(other);
        }
        if (!share || sequence.Count < ShortestKept)
        {
            Forget(sequence);
            return;
        }
        if (cache.IsFull && cache.Oldest() is { } oldest)
        {
            cache.Remove(oldest);
            Forget(oldest);
            Evictions++;
        }
        cache.Add(sequence);
    }

    /// <summary>A running sequence is lost, and nothing of it may be used again.</summary>
    public void Discard(KvSequence sequence)
    {
        running.Remove(sequence);
        Ledger.Unpin(sequence.Cells);
        Forget(sequence);
    }

    /// <summary>Compares the books with the library.</summary>
    /// <returns>What differs; empty when nothing leaked.</returns>
    public IReadOnlyList<string> Audit()
    {
        var known = running.Concat(cache.Sequences).ToDictionary(sequence => sequence.Id);
        var found = new List<string>();
        for (var id = 0; id < sequences; id++)
        {
            var expected = known.TryGetValue(id, out var sequence) ? sequence.Decoded - 1 : -1;
            if (context.LastPosition(id) != expected) found.Add($"sequence {id} ends at {context.LastPosition(id)}, not {expected}");
        }
        if (known.Count + freeIds.Count != sequences) found.Add($"{sequences - known.Count - freeIds.Count} sequence numbers are lost");
        var held = new HashSet<int>();
        foreach (var sequence in known.Values) held.UnionWith(sequence.Cells.ToArray());
        if (held.Count != Ledger.Total - Ledger.Free) found.Add($"{Ledger.Total - Ledger.Free} cells are taken, {held.Count} are held");
        return found;
    }

    private static PrefixMatch Better(PrefixMatch best, KvSequence sequence, ReadOnlySpan<int> prompt, int adapter)
    {
        if (sequence.Adapter != adapter) return best;
        var common = PrefixCache.Common(prompt, sequence.Tokens);
        var computed = Math.Min(common, sequence.Decoded);
        return new PrefixMatch(computed > best.Computed ? sequence : best.Source, Math.Max(computed, best.Computed), Math.Max(common, best.Coming));
    }

    private KvSequence Continue(KvSequence source)
    {
        cache.Remove(source);
        Ledger.Pin(source.Cells);
        return source;
    }

    private KvSequence Branch(int capacity, int adapter, PrefixMatch match)
    {
        var sequence = new KvSequence(freeIds.Pop(), adapter, capacity + 64);
        if (match.Source is not { } source) return sequence;
        cache.Touch(source);
        context.Share(source.Id, sequence.Id, match.Computed);
        var cells = source.Cells[..match.Computed];
        Ledger.Share(cells);
        sequence.Append(source.Tokens[..match.Computed]);
        sequence.MarkShared(cells);
        return sequence;
    }

    private void Forget(KvSequence sequence)
    {
        context.Remove(sequence.Id);
        Ledger.Release(sequence.Cells);
        freeIds.Push(sequence.Id);
        sequence.Dispose();
    }
}
