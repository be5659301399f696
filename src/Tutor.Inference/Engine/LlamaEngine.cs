using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Tutor.Inference.Embeddings;

namespace Tutor.Inference.Engine;

/// <summary>A language model in this process: many answers at once over one model, on llama.cpp.</summary>
/// <remarks>Thread-safe. One thread of its own runs the model; callers only queue requests and read tokens.</remarks>
public sealed class LlamaEngine : IAsyncDisposable
{
    private LlamaEngine(EngineInfo info) => Info = info;

    public EngineInfo Info { get; }

    public EngineMetrics Metrics => throw new NotSupportedException();

    /// <exception cref="Gguf.ModelFileException">A file is missing, damaged or of a kind the library cannot run.</exception>
    /// <exception cref="Native.NativeLibraryException">The libraries or the device cannot be used.</exception>
    public static Task<LlamaEngine> LoadAsync(EngineOptions options, ILoggerFactory logs, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Tokens of the prompt as <see cref="GenerateAsync"/> would count them.</summary>
    public int CountTokens(IReadOnlyList<PromptSegment> prompt) => throw new NotSupportedException();

    /// <summary>Tokens of a plain text.</summary>
    public int CountTokens(string text) => throw new NotSupportedException();

    /// <summary>Generates an answer, token by token. Cancelling frees its place at the model's next step.</summary>
    /// <exception cref="ContextOverflowException">The prompt is too long. Thrown before anything is computed.</exception>
    /// <exception cref="Adapters.UnknownAdapterException">No such adapter.</exception>
    /// <exception cref="Sampling.GrammarException">The grammar cannot be used.</exception>
    /// <exception cref="EngineFailedException">The model failed, or the engine was disposed before the request began.</exception>
    public IAsyncEnumerable<GenerationUpdate> GenerateAsync(GenerationRequest request, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Vectors of the texts, in their order.</summary>
    /// <exception cref="ContextOverflowException">A text is longer than <see cref="EmbeddingOptions.MaxTokens"/>.</exception>
    /// <exception cref="InvalidOperationException">The engine was loaded without <see cref="EngineOptions.Embeddings"/>.</exception>
    public Task<IReadOnlyList<TextEmbedding>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancel = default) => throw new NotSupportedException();

    /// <summary>Takes no more requests, ends running answers as <see cref="FinishReason.Cancelled"/>, and frees the model.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
