using System.Numerics.Tensors;
using System.Threading.Channels;
using LLama.Native;
using Tutor.Inference.Batching;
using Tutor.Inference.Engine;

namespace Tutor.Inference.Embeddings;

/// <summary>Computes embeddings in a context of its own, as many texts at once as fit, whoever asked for them.</summary>
internal sealed class Embedder : IDisposable
{
    private readonly LlamaModel model;
    private readonly EmbeddingOptions options;
    private readonly DecodeContext context;
    private readonly Channel<Job> jobs = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread thread;

    public Embedder(LlamaModel model, EmbeddingOptions options, int threads)
    {
        (this.model, this.options) = (model, options);
        context = new DecodeContext(model, Parameters(threads), options.Parallel);
        // A thread of its own, because the library keeps helpers for each thread that ever computed.
        thread = new Thread(Run) { IsBackground = true, Name = "Embeddings" };
        thread.Start();
    }

    private sealed record Job(int[] Tokens, TaskCompletionSource<ReadOnlyMemory<float>> Result, CancellationToken Cancel);

    public async Task<IReadOnlyList<TextEmbedding>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancel)
    {
        var asked = texts.Select(text => model.Vocabulary.Tokenize([PromptSegment.Plain(text)])).Select(tokens => new Job(
            tokens.Length <= options.MaxTokens ? tokens : throw new ContextOverflowException(tokens.Length, options.MaxTokens),
            new TaskCompletionSource<ReadOnlyMemory<float>>(TaskCreationOptions.RunContinuationsAsynchronously), cancel)).ToList();
        if (asked.Any(job => job.Tokens.Length == 0)) throw new ArgumentException("A text to embed is empty.", nameof(texts));
        foreach (var job in asked)
        {
            if (!jobs.Writer.TryWrite(job)) throw new EngineFailedException("The engine is shutting down.");
        }
        var vectors = await Task.WhenAll(asked.Select(job => job.Result.Task)).WaitAsync(cancel);
        return [.. vectors.Zip(asked, (vector, job) => new TextEmbedding(vector, job.Tokens.Length))];
    }

    public void Dispose()
    {
        jobs.Writer.TryComplete();
        thread.Join();
        context.Dispose();
    }

    private LLamaContextParams Parameters(int threads)
    {
        var parameters = LLamaContextParams.Default();
        // A text must be computed whole, so a batch, a micro-batch and the cache are of one size.
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = parameters.n_outputs_max = (uint)options.MaxTokens;
        parameters.n_seq_max = (uint)options.Parallel;
        parameters.n_threads = parameters.n_threads_batch = threads;
        parameters.llama_pooling_type = (LLamaPoolingType)(options.Pooling ?? Trained());
        parameters.embeddings = true;
        parameters.kv_unified = true;
        return parameters;
    }

    private EmbeddingPooling Trained() =>
        model.File.Hyperparameter("pooling_type") is { } type && Enum.IsDefined((EmbeddingPooling)type) ? (EmbeddingPooling)type : EmbeddingPooling.Mean;

    private void Run()
    {
        var batch = new List<Job>();
        while (jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < options.Parallel && jobs.Reader.TryPeek(out var next) && context.Count + next.Tokens.Length <= options.MaxTokens)
            {
                jobs.Reader.TryRead(out _);
                if (next.Cancel.IsCancellationRequested)
                {
                    next.Result.TrySetCanceled(next.Cancel);
                    continue;
                }
                for (var i = 0; i < next.Tokens.Length; i++) context.Add(next.Tokens[i], i, batch.Count, output: true);
                batch.Add(next);
            }
            if (batch.Count > 0) Compute(batch);
        }
    }

    private void Compute(List<Job> batch)
    {
        var status = context.Decode(withAdapter: 0);
        for (var i = 0; i < batch.Count; i++)
        {
            if (status == DecodeResult.Ok && context.Embedding(i) is { IsEmpty: false } vector) batch[i].Result.TrySetResult(Normalised(vector));
            else batch[i].Result.TrySetException(new EngineFailedException($"The model could not compute an embedding ({status})."));
        }
        context.Clear();
        context.RemoveAll();
    }

    private static float[] Normalised(ReadOnlySpan<float> vector)
    {
        var result = vector.ToArray();
        var length = TensorPrimitives.Norm<float>(result);
        if (length > 0) TensorPrimitives.Divide(result, length, result);
        return result;
    }
}
