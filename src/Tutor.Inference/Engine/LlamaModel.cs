using LLama.Native;
using Tutor.Inference.Adapters;
using Tutor.Inference.Backends;
using Tutor.Inference.Gguf;

namespace Tutor.Inference.Engine;

/// <summary>The loaded weights with their adapters, shared by the contexts that compute with them.</summary>
internal sealed class LlamaModel : IDisposable
{
    private readonly SafeLlamaModelHandle handle;

    private LlamaModel(SafeLlamaModelHandle handle, GgufFile file, LoadedAdapters adapters)
    {
        (this.handle, File, Adapters) = (handle, file, adapters);
        Vocabulary = new Vocabulary(handle);
        TrainedContext = handle.ContextSize;
        // Some models bring vectors to another length at their end, which LLamaSharp does not tell.
        EmbeddingSize = (int)(file.Hyperparameter("embedding_length_out") ?? handle.EmbeddingSize);
        Parameters = (long)handle.ParameterCount;
        SizeBytes = (long)handle.SizeInBytes;
        CanGenerate = handle.HasDecoder && !handle.HasEncoder && !handle.IsDiffusion;
        // State that is folded into one vector has no beginning that could be shared.
        CanSharePrefixes = !handle.IsRecurrent && !LlamaCalls.llama_model_is_hybrid(handle);
        ChatTemplate = handle.GetTemplate(strict: false);
    }

    public GgufFile File { get; }
    public LoadedAdapters Adapters { get; }
    public Vocabulary Vocabulary { get; }
    public int TrainedContext { get; }
    public int EmbeddingSize { get; }
    public long Parameters { get; }
    public long SizeBytes { get; }
    public bool CanGenerate { get; }
    public bool CanSharePrefixes { get; }
    public string? ChatTemplate { get; }

    /// <summary>Loads weights and adapters; takes seconds to minutes.</summary>
    /// <exception cref="ModelFileException">A file cannot be used.</exception>
    public static LlamaModel Load(string path, GgufFile file, int gpuLayers, IReadOnlyList<AdapterFile> adapters)
    {
        var parameters = LLamaModelParams.Default();
        parameters.n_gpu_layers = gpuLayers;
        var handle = NativeLog.Listen(() => SafeLlamaModelHandle.LoadFromFile(path, parameters), out var reason)
            ?? throw new ModelFileException(path, reason.Length > 0 ? reason : "the library gave no reason.");
        try
        {
            return new LlamaModel(handle, file, LoadedAdapters.Load(handle, file.Architecture, adapters));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <exception cref="EngineFailedException">There is not enough memory for it, or the model cannot run with these settings.</exception>
    public SafeLLamaContextHandle OpenContext(LLamaContextParams parameters)
    {
        var context = NativeLog.Listen(() => handle.CreateContext(parameters), out var reason);
        if (context is { IsInvalid: false }) return context;
        // LLamaSharp takes hold of the model for the context also where there is none, and would never let go.
        if (context is not null) handle.DangerousRelease();
        throw new EngineFailedException($"The model's working memory for {parameters.n_ctx} tokens could not be set up: {reason} Give it fewer ContextTokens or another KvCache.");
    }

    // The library frees the adapters with their model.
    public void Dispose() => handle.Dispose();
}
