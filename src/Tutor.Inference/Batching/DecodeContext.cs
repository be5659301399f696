using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LLama.Native;
using Tutor.Inference.Backends;
using Tutor.Inference.Engine;

namespace Tutor.Inference.Batching;

/// <summary>A native context behind checks: what it would answer by ending the process is an exception here. For one thread.</summary>
internal sealed unsafe class DecodeContext : IDisposable
{
    private readonly LlamaModel model;
    private readonly SafeLLamaContextHandle context;
    private readonly LLamaNativeBatch batch;
    private readonly int capacity;
    private readonly int sequences;
    private readonly int outputLimit;
    private int count;
    private int outputs;
    private int adapter;
    private bool disposed;

    /// <param name="sequences">How many sequences there may be; for one cache shared by all, more than are computed at once.</param>
    public DecodeContext(LlamaModel model, LLamaContextParams parameters, int sequences)
    {
        this.model = model;
        context = model.OpenContext(parameters);
        Cells = (int)context.ContextSize;
        capacity = (int)context.BatchSize;
        this.sequences = sequences;
        outputLimit = (int)parameters.n_outputs_max;
        batch = NativeApi.llama_batch_init(capacity, 0, 1);
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
        batch.tokens[count] = token;
        batch.pos[count] = position;
        batch.n_seq_id[count] = 1;
        batch.seq_id[count][0] = (LLamaSeqId)sequence;
        batch.logits[count] = output ? (byte)1 : (byte)0;
        return count++;
    }

    /// <summary>Computes the batch with an adapter, and empties it unless there was no room.</summary>
    public DecodeResult Decode(int withAdapter)
    {
        if (count == 0) throw new InvalidOperationException("The batch is empty.");
        if (adapter != withAdapter)
        {
            model.Adapters.Apply(context, withAdapter);
            adapter = withAdapter;
            AdapterSwitches++;
        }
        var filled = batch;
        filled.n_tokens = count;
        var status = LlamaCalls.llama_decode(context, filled);
        if (status != DecodeResult.NoKvSlot) Clear();
        return status;
    }

    public void Clear() => (count, outputs) = (0, 0);

    /// <summary>Scores of all tokens to follow one that was added with output; valid until the next decode.</summary>
    public Span<float> Logits(int index)
    {
        if (batch.logits[index] == 0) throw new InvalidOperationException("This token was added without output.");
        return context.GetLogitsIth(index);
    }

    /// <summary>The pooled vector of a sequence; valid until the next decode. Empty when the model made none.</summary>
    public ReadOnlySpan<float> Embedding(int sequence)
    {
        // LLamaSharp's span begins at a null pointer where there is no vector, and is as long as the model is wide.
        ref var first = ref MemoryMarshal.GetReference(context.GetEmbeddingsSeq((LLamaSeqId)sequence));
        return Unsafe.IsNullRef(ref first) ? [] : MemoryMarshal.CreateReadOnlySpan(ref first, model.EmbeddingSize);
    }

    /// <summary>Makes the first tokens of one sequence the beginning of another as well.</summary>
    public void Share(int from, int to, int tokens)
    {
        if ((uint)from >= (uint)sequences || (uint)to >= (uint)sequences) throw new ArgumentOutOfRangeException(nameof(to), $"There are {sequences} sequences.");
        context.MemorySequenceCopy((LLamaSeqId)from, (LLamaSeqId)to, 0, tokens);
    }

    /// <summary>Forgets a sequence.</summary>
    public void Remove(int sequence)
    {
        if ((uint)sequence >= (uint)sequences) throw new ArgumentOutOfRangeException(nameof(sequence), sequence, $"There are {sequences} sequences.");
        context.MemorySequenceRemove((LLamaSeqId)sequence, 0, -1);
    }

    /// <summary>Forgets everything.</summary>
    public void RemoveAll() => context.MemoryClear(data: false);

    /// <summary>The last position of a sequence; -1 when it is empty.</summary>
    public int LastPosition(int sequence) => (int)context.MemorySequenceMaxPosition((LLamaSeqId)sequence);

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        NativeApi.llama_batch_free(batch);
        context.Dispose();
    }
}
