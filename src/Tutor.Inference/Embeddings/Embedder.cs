using System.Numerics.Tensors;
using System.Threading.Channels;
using Tutor.Inference.Batching;
using Tutor.Inference.Engine;
using Tutor.Inference.Native;

namespace Tutor.Inference.Embeddings;

/// <summary>Computes embeddings in a context of its own, as many texts at once as fit, whoever asked for them.</summary>
internal sealed class Embedder : IAsyncDisposable
{
    private readonly LlamaModel model;
    private readonly EmbeddingOptions options;
    private readonly DecodeContext context;
    private readonly Channel<Job> jobs = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task work;

    public Embedder(LlamaModel model, EmbeddingOptions options, int threads)
    {
        (this.model, this.options) = (model, options);
        context = new DecodeContext(model, Parameters(threads), options.Parallel);
        work = Task.Run(RunAsync);
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

    public async ValueTask DisposeAsync()
    {
        jobs.Writer.TryComplete();
        await work;
        context.Dispose();
    }

    private NativeContextParams Parameters(int threads)
    {
        var parameters = LlamaNative.llama_context_default_params();
        // A text must be computed whole, so a batch, a micro-batch and the cache are of one size.
        parameters.Context = parameters.Batch = parameters.MicroBatch = (uint)options.MaxTokens;
        parameters.Sequences = (uint)options.Parallel;
        parameters.Outputs = (uint)options.MaxTokens;
        parameters.Threads = parameters.BatchThreads = threads;
        parameters.Pooling = (int)(options.Pooling ?? Trained());
        parameters.Embeddings = 1;
        parameters.UnifiedKv = 1;
        return parameters;
    }

    private EmbeddingPooling Trained() =>
        model.File.Hyperparameter("pooling_type") is { } type && Enum.IsDefined((EmbeddingPooling)type) ? (EmbeddingPooling)type : EmbeddingPooling.Mean;

    private async Task RunAsync()
    {
        var batch = new List<Job>();
        while (await jobs.Reader.WaitToReadAsync())
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
            if (status == DecodeStatus.Ok && context.Embedding(i) is { IsEmpty: false } vector) batch[i].Result.TrySetResult(Normalised(vector));
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
