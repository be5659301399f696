using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Tutor.Inference.Backends;
using Tutor.Inference.Batching;
using Tutor.Inference.Embeddings;
using Tutor.Inference.Gguf;
using Tutor.Inference.Sampling;

namespace Tutor.Inference.Engine;

/// <summary>A language model in this process: many answers at once over one model, on llama.cpp.</summary>
/// <remarks>Thread-safe. One thread of its own runs the model; callers only queue requests and read tokens.</remarks>
public sealed partial class LlamaEngine : IAsyncDisposable
{
    private readonly LlamaModel model;
    private readonly BatchLoop loop;
    private readonly Embedder? embedder;
    private int disposed;

    private LlamaEngine(LlamaModel model, BatchLoop loop, Embedder? embedder, EngineInfo info) =>
        (this.model, this.loop, this.embedder, Info) = (model, loop, embedder, info);

    public EngineInfo Info { get; }

    public EngineMetrics Metrics => loop.Metrics();

    /// <exception cref="ModelFileException">A file is missing, damaged or of a kind the library cannot run.</exception>
    /// <exception cref="NativeLibraryException">The libraries or the device cannot be used.</exception>
    /// <exception cref="EngineFailedException">There is not enough memory.</exception>
    public static Task<LlamaEngine> LoadAsync(EngineOptions options, ILoggerFactory logs, CancellationToken cancel = default)
    {
        var log = logs.CreateLogger<LlamaEngine>();
        // Loading reads gigabytes and computes a first token; it has no point at which it could be cancelled.
        return Task.Run(() => Load(options, log, logs.CreateLogger("llama.cpp")), cancel);
    }

    /// <summary>Tokens of the prompt as <see cref="GenerateAsync"/> would count them.</summary>
    public int CountTokens(IReadOnlyList<PromptSegment> prompt) => model.Vocabulary.Tokenize(prompt).Length;

    /// <summary>Tokens of a plain text, without a begin token.</summary>
    public int CountTokens(string text) => model.Vocabulary.TokenizePlain(text).Length;

    /// <summary>Generates an answer, token by token. Cancelling frees its place at the model's next step.</summary>
    /// <remarks>All errors come from reading the first update.</remarks>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    /// <exception cref="ContextOverflowException">The prompt is too long. Nothing was computed.</exception>
    /// <exception cref="Adapters.UnknownAdapterException">No such adapter.</exception>
    /// <exception cref="GrammarException">The grammar cannot be used; or, later, no token of the vocabulary goes on in it.</exception>
    /// <exception cref="EngineFailedException">The model failed, or the engine is disposed.</exception>
    public async IAsyncEnumerable<GenerationUpdate> GenerateAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        if (disposed != 0) throw new EngineFailedException("The engine has stopped.");
        var generation = Prepare(request);
        await using var registration = cancel.UnsafeRegister(static (state, token) => ((Generation)state!).Cancel(token), generation);
        loop.Submit(generation);
        var ended = false;
        try
        {
            // Waiting without the token costs no allocation per update; cancelling completes the channel instead.
            while (await generation.Updates.WaitToReadAsync(CancellationToken.None))
            {
                while (generation.Updates.TryRead(out var update))
                {
                    cancel.ThrowIfCancellationRequested();
                    ended = update.End is not null;
                    yield return update;
                }
            }
        }
        finally
        {
            if (!ended)
            {
                generation.Cancel(cancel);
                loop.NoticeCancelled();
            }
        }
    }

    /// <summary>Vectors of the texts, in their order.</summary>
    /// <exception cref="ContextOverflowException">A text is longer than <see cref="EmbeddingOptions.MaxTokens"/>.</exception>
    /// <exception cref="InvalidOperationException">The engine was loaded without <see cref="EngineOptions.Embeddings"/>.</exception>
    /// <exception cref="EngineFailedException">The model failed, or the engine is disposed.</exception>
    public Task<IReadOnlyList<TextEmbedding>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancel = default) =>
        (embedder ?? throw new InvalidOperationException("This engine makes no embeddings. Set Embeddings in its options.")).EmbedAsync(texts, cancel);

    /// <summary>Takes no more requests, ends running answers as <see cref="FinishReason.Cancelled"/>, and frees the model.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0) return;
        await Task.Run(() =>
        {
            loop.Dispose();
            embedder?.Dispose();
        });
        model.Dispose();
        CLibrary.Trim();
    }

    /// <summary>The tokens that end an answer; for tests and benchmarks that must not end.</summary>
    internal IEnumerable<int> EndTokens => Enumerable.Range(0, model.Vocabulary.Count).Where(model.Vocabulary.IsEnd);

    /// <summary>What leaked in the KV cache; for tests.</summary>
    internal Task<IReadOnlyList<string>> AuditAsync() => loop.AuditAsync();

    private Generation Prepare(GenerationRequest request)
    {
        RequestCheck.Check(request, Info.VocabularySize);
        var adapter = model.Adapters.NumberOf(request.Adapter);
        var prompt = model.Vocabulary.Tokenize(request.Prompt);
        if (prompt.Length == 0) throw new ArgumentException("The prompt is empty.", nameof(request));
        if (prompt.Length >= Info.RequestTokens) throw new ContextOverflowException(prompt.Length, Info.RequestTokens);
        var maxTokens = Math.Min(request.MaxTokens, Info.RequestTokens - prompt.Length);
        var grammar = request.Grammar is { } text ? Grammar.Parse(text, model.Vocabulary) : null;
        return new Generation(request, prompt, adapter, maxTokens, grammar, model.Vocabulary);
    }
}
