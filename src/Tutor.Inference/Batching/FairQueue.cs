namespace Tutor.Inference.Batching;

/// <summary>Waiting items in turn over callers: the first of each caller, then the second of each.</summary>
internal sealed class FairQueue<T> where T : notnull
{
    // Callers in the order of their turns; each has at least one item.
    private readonly LinkedList<(string Caller, LinkedList<T> Items)> turns = new();
    private readonly Dictionary<string, LinkedListNode<(string Caller, LinkedList<T> Items)>> byCaller = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public void Add(string caller, T item)
    {
        if (!byCaller.TryGetValue(caller, out var turn))
        {
            turn = turns.AddLast((caller, new LinkedList<T>()));
            byCaller[caller] = turn;
        }
        turn.Value.Items.AddLast(item);
        Count++;
    }

    /// <summary>All items in the order of their turns. The queue must not change while this is read.</summary>
    public IEnumerable<T> InOrder()
    {
        var rows = turns.Select(turn => turn.Items.First!).ToList();
        while (rows.Count > 0)
        {
            foreach (var node in rows) yield return node.Value;
            rows = [.. rows.Select(node => node.Next).OfType<LinkedListNode<T>>()];
        }
    }

    /// <summary>Takes an item out, whose caller's next turn comes after all others'.</summary>
    public void Take(string caller, T item)
    {
        Remove(caller, item);
        if (!byCaller.TryGetValue(caller, out var turn)) return;
        turns.Remove(turn);
        turns.AddLast(turn);
    }

    /// <summary>Takes an item out and leaves the turns as they are.</summary>
    public void Remove(string caller, T item)
    {
        var turn = byCaller[caller];
        if (!turn.Value.Items.Remove(item)) throw new InvalidOperationException("The item is not waiting.");
        Count--;
        if (turn.Value.Items.Count > 0) return;
        turns.Remove(turn);
        byCaller.Remove(caller);
    }
}
