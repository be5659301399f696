using System.Buffers;

namespace Tutor.Inference.Batching;

/// <summary>One sequence of the KV cache: its tokens, and the cells of those that are computed.</summary>
/// <param name="id">The library's number for it.</param>
/// <param name="adapter">What its keys and values were computed with. Under another adapter they would be wrong.</param>
internal sealed class KvSequence(int id, int adapter, int capacity) : IDisposable
{
    private int[] tokens = ArrayPool<int>.Shared.Rent(capacity);
    private int[] cells = ArrayPool<int>.Shared.Rent(capacity);

    public int Id { get; } = id;

    public int Adapter { get; } = adapter;

    /// <summary>Tokens known.</summary>
    public int Count { get; private set; }

    /// <summary>Tokens computed, from the first on.</summary>
    public int Decoded { get; private set; }

    public int Pending => Count - Decoded;

    /// <summary>Order of last use, for the cache.</summary>
    public long LastUse { get; set; }

    public ReadOnlySpan<int> Tokens => tokens.AsSpan(0, Count);

    public ReadOnlySpan<int> Cells => cells.AsSpan(0, Decoded);

    public void Append(int token)
    {
        if (Count == tokens.Length)
        {
            tokens = Grown(tokens);
            cells = Grown(cells);
        }
        tokens[Count++] = token;
    }

    public void Append(ReadOnlySpan<int> more)
    {
        foreach (var token in more) Append(token);
    }

    /// <summary>The first pending token is computed into a cell.</summary>
    public void MarkDecoded(int cell) => cells[Decoded++] = cell;

    /// <summary>Takes the cells of a shared beginning.</summary>
    public void MarkShared(ReadOnlySpan<int> shared)
    {
        shared.CopyTo(cells);
        Decoded = shared.Length;
    }

    /// <summary>Forgets tokens that are not computed.</summary>
    public void DropPending() => Count = Decoded;

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(tokens);
        ArrayPool<int>.Shared.Return(cells);
        (tokens, cells, Count, Decoded) = ([], [], 0, 0);
    }

    private int[] Grown(int[] array)
    {
        var larger = ArrayPool<int>.Shared.Rent(Math.Max(16, array.Length * 2));
        array.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<int>.Shared.Return(array);
        return larger;
    }
}
