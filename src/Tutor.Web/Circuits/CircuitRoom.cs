using System.Collections.Concurrent;

namespace Tutor.Web.Circuits;

/// <summary>Counts the open pages of each person on this node.</summary>
/// <param name="most">How many of one person there may be.</param>
public sealed class CircuitRoom(int most)
{
    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);

    public bool IsFull(string personId) => open.GetValueOrDefault(personId) >= most;

    /// <returns>False where the person has as many as there may be.</returns>
    public bool TryEnter(string personId)
    {
        if (open.AddOrUpdate(personId, 1, (_, count) => count + 1) <= most) return true;
        Leave(personId);
        return false;
    }

    public void Leave(string personId)
    {
        // The last one takes the entry with it, or there would be one for everybody who ever came.
        if (open.AddOrUpdate(personId, 0, (_, count) => count - 1) <= 0) open.TryRemove(KeyValuePair.Create(personId, 0));
    }
}
