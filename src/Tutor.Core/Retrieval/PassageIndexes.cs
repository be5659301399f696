namespace Tutor.Core.Retrieval;

/// <summary>Keeps the index of each course version in use, so that it is built once and not once per hint.</summary>
public sealed class PassageIndexes
{
    /// <summary>Course versions kept; a term's courses with a version published now and then.</summary>
    private const int MostKept = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (PassageIndex Index, long LastUsed)> indexes = [];
    private long clock;

    /// <param name="passages">What this reader may see. Another list for the same version builds another index: one reader's
    /// passages are never served from an index made for another's.</param>
    public PassageIndex For(string courseVersionId, IReadOnlyList<Passage> passages)
    {
        lock (gate)
        {
            if (indexes.TryGetValue(courseVersionId, out var kept) && SameIds(kept.Index.Passages, passages))
            {
                indexes[courseVersionId] = (kept.Index, ++clock);
                return kept.Index;
            }
        }

        // Built outside the lock: two requests may build the same index once, and nobody waits.
        var index = new PassageIndex(passages);
        lock (gate)
        {
            if (indexes.Count >= MostKept && !indexes.ContainsKey(courseVersionId)) indexes.Remove(indexes.MinBy(i => i.Value.LastUsed).Key);
            indexes[courseVersionId] = (index, ++clock);
        }

        return index;
    }

    private static bool SameIds(IReadOnlyList<Passage> left, IReadOnlyList<Passage> right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].Id != right[i].Id) return false;
        }

        return true;
    }
}
