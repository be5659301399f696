using Tutor.Inference.Engine;
using Tutor.Inference.Native;

namespace Tutor.Inference.Batching;

/// <summary>A native context behind checks: what it would answer by ending the process is an exception here. For one thread.</summary>
internal sealed unsafe class DecodeContext : IDisposable
{
    private readonly LlamaModel model;
    private readonly ContextHandle context;
    private readonly nint memory;
    private readonly NativeBatch batch;
    private readonly int capacity;
    private readonly int sequences;
    private readonly int outputLimit;
    private int count;
    private int outputs;
    private int adapter;
    private bool disposed;

    /// <param name="sequences">How many sequences there may be; for one cache shared by all, more than are computed at once.</param>
    public DecodeContext(LlamaModel model, in NativeContextParams parameters, int sequences)
    {
        this.model = model;
        context = model.OpenContext(parameters);
        memory = LlamaNative.llama_get_memory(context);
        Cells = (int)LlamaNative.llama_n_ctx(context);
        capacity = (int)LlamaNative.llama_n_batch(context);
        this.sequences = sequences;
        outputLimit = (int)parameters.Outputs;
        batch = LlamaNative.llama_batch_init(capacity, 0, 1);
    }

    public int Cells { get; }

    /// <summary>Times another adapter had to be put in.</summary>
    public long AdapterSwitches { get; private set; }

    public int Count => count;

    /// <summary>Puts a token into the next batch.</summary>
    /// <returns>Its place in the batch, by which <see cref="Logits"/> finds its scores.</returns>
    public int Add(int token, int position, int sequence, bool output)
    {
        if (count == capacity) throw new InvalidOperationException($"A batch takes {capacity} tokens.");
        if ((uint)sequence >= (uint)sequences) throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"There are {sequences} sequences.");
        if ((uint)token >= (uint)model.Vocabulary.Count) throw new ArgumentOutOfRangeException(nameof(token), token, "The vocabulary has no such token.");
        if (output && ++outputs > outputLimit) throw new InvalidOperationException($"A batch gives scores for {outputLimit} tokens.");
        batch.Token[count] = token;
        batch.Position[count] = position;
        batch.SequenceCount[count] = 1;
        batch.Sequence[count][0] = sequence;
        batch.Output[count] = output ? (sbyte)1 : (sbyte)0;
        return count++;
    }

    /// <summary>Computes the batch with an adapter, and empties it unless there was no room.</summary>
    public DecodeStatus Decode(int withAdapter)
    {
        if (count == 0) throw new InvalidOperationException("The batch is empty.");
        if (adapter != withAdapter)
        {
            model.Adapters.Apply(context, withAdapter);
            adapter = withAdapter;
            AdapterSwitches++;
        }
        var filled = batch;
        filled.Count = count;
        var status = LlamaNative.llama_decode(context, filled);
        if (status != DecodeStatus.NoRoom) Clear();
        return status;
    }

    public void Clear() => (count, outputs) = (0, 0);

    /// <summary>Scores of all tokens to follow one that was added with output; valid until the next decode.</summary>
    public Span<float> Logits(int index)
    {
        if (batch.Output[index] == 0) throw new InvalidOperationException("This token was added without output.");
        var scores = LlamaNative.llama_get_logits_ith(context, index);
        return scores != null ? new Span<float>(scores, model.Vocabulary.Count) : throw new InvalidOperationException("The library has no scores for this token.");
    }

    /// <summary>The pooled vector of a sequence; valid until the next decode. Empty when the model made none.</summary>
    public ReadOnlySpan<float> Embedding(int sequence)
    {
        var vector = LlamaNative.llama_get_embeddings_seq(context, sequence);
        return vector != null ? new ReadOnlySpan<float>(vector, model.EmbeddingSize) : [];
    }

    /// <summary>Makes the first tokens of one sequence the beginning of another as well.</summary>
    public void Share(int from, int to, int tokens)
    {
        if ((uint)from >= (uint)sequences || (uint)to >= (uint)sequences) throw new ArgumentOutOfRangeException(nameof(to), $"There are {sequences} sequences.");
        LlamaNative.llama_memory_seq_cp(memory, from, to, 0, tokens);
    }

    /// <summary>Forgets a sequence.</summary>
    public void Remove(int sequence)
    {
        if ((uint)sequence >= (uint)sequences) throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"There are {sequences} sequences.");
        _ = LlamaNative.llama_memory_seq_rm(memory, sequence, 0, -1);
    }

    /// <summary>Forgets everything.</summary>
    public void RemoveAll() => LlamaNative.llama_memory_clear(memory, 0);

    /// <summary>The last position of a sequence; -1 when it is empty.</summary>
    public int LastPosition(int sequence) => LlamaNative.llama_memory_seq_pos_max(memory, sequence);

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        LlamaNative.llama_batch_free(batch);
        context.Dispose();
    }
}
