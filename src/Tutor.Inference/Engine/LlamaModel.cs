using Tutor.Inference.Adapters;
using Tutor.Inference.Gguf;
using Tutor.Inference.Native;

namespace Tutor.Inference.Engine;

/// <summary>The loaded weights with their adapters, shared by the contexts that compute with them.</summary>
internal sealed unsafe class LlamaModel : IDisposable
{
    private readonly ModelHandle handle;

    private LlamaModel(ModelHandle handle, GgufFile file, LoadedAdapters adapters)
    {
        (this.handle, File, Adapters) = (handle, file, adapters);
        Vocabulary = new Vocabulary(handle);
        TrainedContext = LlamaNative.llama_model_n_ctx_train(handle);
        EmbeddingSize = LlamaNative.llama_model_n_embd_out(handle);
        Parameters = (long)LlamaNative.llama_model_n_params(handle);
        SizeBytes = (long)LlamaNative.llama_model_size(handle);
        CanGenerate = LlamaNative.llama_model_has_decoder(handle) && !LlamaNative.llama_model_has_encoder(handle) && !LlamaNative.llama_model_is_diffusion(handle);
        // State that is folded into one vector has no beginning that could be shared.
        CanSharePrefixes = !LlamaNative.llama_model_is_recurrent(handle) && !LlamaNative.llama_model_is_hybrid(handle);
        ChatTemplate = LlamaNative.llama_model_chat_template(handle, null) is var text && text == null ? null : LlamaNative.Text(text);
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
        var parameters = LlamaNative.llama_model_default_params();
        parameters.GpuLayers = gpuLayers;
        var handle = NativeLog.Listen(() => LlamaNative.llama_model_load_from_file(path, parameters), out var reason);
        if (handle.IsInvalid) throw new ModelFileException(path, reason.Length > 0 ? reason : "the library gave no reason.");
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
    public ContextHandle OpenContext(in NativeContextParams parameters)
    {
        var copy = parameters;
        var context = NativeLog.Listen(() => LlamaNative.llama_init_from_model(handle, copy), out var reason);
        if (context.IsInvalid)
        {
            throw new EngineFailedException($"The model's working memory for {copy.Context} tokens could not be set up: {reason} Give it fewer ContextTokens or another KvCache.");
        }
        context.Hold(handle);
        return context;
    }

    public void Dispose()
    {
        Adapters.Dispose();
        handle.Dispose();
    }
}
