namespace Tutor.Inference.Batching;

/// <summary>Finished sequences whose keys and values are kept for requests that begin alike.</summary>
/// <remarks>
/// There is no separate store of prefixes: a course's prompt is the common beginning of the course's last sequences. Cells are shared, so
/// it takes its room once, and stays for as long as the last of them does. The sequence not used for longest goes first.
/// </remarks>
internal sealed class PrefixCache(int limit)
{
    private readonly List<KvSequence> kept = [];
    private long clock;

    public int Count => kept.Count;

    public IReadOnlyList<KvSequence> Sequences => kept;

    /// <summary>Whether there is room for one more.</summary>
    public bool IsFull => kept.Count >= limit;

    public void Touch(KvSequence sequence) => sequence.LastUse = ++clock;

    public void Add(KvSequence sequence)
    {
        Touch(sequence);
        kept.Add(sequence);
    }

    public void Remove(KvSequence sequence) => kept.Remove(sequence);

    /// <summary>The sequence not used for longest; null when there is none.</summary>
    public KvSequence? Oldest(KvSequence? except = null) => kept.Where(sequence => sequence != except).MinBy(sequence => sequence.LastUse);

    /// <summary>Tokens that a prompt has in common with the beginning of a sequence; its last token must be computed in any case.</summary>
    public static int Common(ReadOnlySpan<int> prompt, ReadOnlySpan<int> tokens) => prompt[..^1].CommonPrefixLength(tokens);
}
