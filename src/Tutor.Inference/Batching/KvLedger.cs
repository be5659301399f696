namespace Tutor.Inference.Batching;

/// <summary>Counts the cells of the KV cache as the library holds them: one for each computed token, shared by all sequences copied from it.</summary>
/// <remarks>
/// The library cannot be asked how many cells a sequence would free, and a decode without room fails. With this count a request is
/// admitted only when all its tokens will have a cell, so that no running request ever fails for want of one.
/// </remarks>
internal sealed class KvLedger
{
    private readonly int[] owners;
    private readonly int[] running;
    private readonly int[] free;
    private int freeCount;

    public KvLedger(int cells)
    {
        (Total, owners, running, free) = (cells, new int[cells], new int[cells], new int[cells]);
        for (var i = 0; i < cells; i++) free[i] = cells - 1 - i;
        freeCount = cells;
    }

    public int Total { get; }

    public int Free => freeCount;

    /// <summary>Cells of running requests, which nothing may take away.</summary>
    public int Pinned { get; private set; }

    /// <summary>Cells that only cached sequences hold.</summary>
    public int Cached => Total - freeCount - Pinned;

    /// <summary>A cell for a token that a running sequence computes now.</summary>
    public int Take()
    {
        var cell = free[--freeCount];
        owners[cell] = 1;
        running[cell] = 1;
        Pinned++;
        return cell;
    }

    /// <summary>Another, running, sequence holds these cells too.</summary>
    public void Share(ReadOnlySpan<int> cells)
    {
        foreach (var cell in cells) owners[cell]++;
        Pin(cells);
    }

    public void Pin(ReadOnlySpan<int> cells)
    {
        foreach (var cell in cells)
        {
            if (running[cell]++ == 0) Pinned++;
        }
    }

    public void Unpin(ReadOnlySpan<int> cells)
    {
        foreach (var cell in cells)
        {
            if (--running[cell] == 0) Pinned--;
        }
    }

    /// <summary>A sequence that is not running gives its cells back; those of no other are free.</summary>
    public void Release(ReadOnlySpan<int> cells)
    {
        foreach (var cell in cells)
        {
            if (--owners[cell] == 0) free[freeCount++] = cell;
        }
    }

    /// <summary>How many of these cells no running sequence holds yet.</summary>
    public int Unpinned(ReadOnlySpan<int> cells)
    {
        var count = 0;
        foreach (var cell in cells) count += running[cell] == 0 ? 1 : 0;
        return count;
    }
}
