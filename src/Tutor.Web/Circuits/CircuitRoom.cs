using System.Collections.Concurrent;

namespace Tutor.Web.Circuits;

/// <summary>Counts the open pages of each person on this node, and apart from them those that lost their connection and may come back.</summary>
/// <remarks>
/// Lost ones have more room: who loads a page again and again on a bad network leaves one behind each time, for minutes, and must still get in.
/// </remarks>
/// <param name="most">How many connected ones of one person there may be.</param>
public sealed class CircuitRoom(int most)
{
    /// <summary>So many times the connected ones may be there with the lost ones together.</summary>
    public const int WithLost = 3;

    private readonly ConcurrentDictionary<string, Count> open = new(StringComparer.Ordinal);

    public bool IsFull(string personId) => IsFull(open.GetValueOrDefault(personId));

    /// <returns>False where the person has as many as there may be.</returns>
    public bool TryEnter(string personId)
    {
        var entered = false;
        open.AddOrUpdate(personId, _ => Enter(default), (_, count) => Enter(count));
        return entered;

        // May run more than once; the last run counts.
        Count Enter(Count count) => (entered = !IsFull(count)) ? count with { Connected = count.Connected + 1 } : count;
    }

    /// <summary>A page lost its connection.</summary>
    public void Lose(string personId) => Change(personId, connected: -1, lost: 1);

    /// <summary>A lost page came back. It is let in whatever else there is: it was there before.</summary>
    public void Return(string personId) => Change(personId, connected: 1, lost: -1);

    /// <param name="lost">It had lost its connection.</param>
    public void Leave(string personId, bool lost) => Change(personId, lost ? 0 : -1, lost ? -1 : 0);

    private void Change(string personId, int connected, int lost)
    {
        var now = open.AddOrUpdate(personId, new Count(connected, lost), (_, count) => new Count(count.Connected + connected, count.Lost + lost));
        // The last one takes the entry with it, or there would be one for everybody who ever came.
        if (now == default) open.TryRemove(KeyValuePair.Create(personId, now));
    }

    private bool IsFull(Count count) => count.Connected >= most || count.Connected + count.Lost >= WithLost * most;

    private readonly record struct Count(int Connected, int Lost);
}
