using System.ComponentModel.DataAnnotations;
using Tutor.Inference.Adapters;
using Tutor.Inference.Backends;
using Tutor.Inference.Embeddings;
using Tutor.Inference.Engine;

namespace Tutor.Inference.Embedded;

/// <summary>Section <c>Model</c> of the settings: the model that runs inside this process. Without a path there is none.</summary>
public sealed class ModelOptions
{
    public const string Section = "Model";

    /// <summary>The GGUF file.</summary>
    public string Path { get; set; } = "";

    /// <summary>Name the model goes by; empty takes the one in the file.</summary>
    public string Name { get; set; } = "";

    /// <summary>Answers written at the same time.</summary>
    [Range(1, 256)]
    public int Slots { get; set; } = 8;

    /// <summary>Most tokens of one request, prompt and answer; 0 takes 8,192 or what the model was trained for.</summary>
    [Range(0, 10_000_000)]
    public int RequestTokens { get; set; }

    /// <summary>Tokens of all requests and the prefix cache together; 0 takes what fits into memory.</summary>
    [Range(0, 100_000_000)]
    public int ContextTokens { get; set; }

    public KvCacheType KvCache { get; set; } = KvCacheType.F16;

    /// <summary>Null turns it on where the device can.</summary>
    public bool? FlashAttention { get; set; }

    /// <summary>Layers on the GPU; null puts all there where there is one.</summary>
    public int? GpuLayers { get; set; }

    /// <summary>Processor threads; 0 takes the physical cores.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    public LlamaBackend Backend { get; set; } = LlamaBackend.Built;

    /// <summary>Family of the chat template; empty recognises it from the file.</summary>
    public string Template { get; set; } = "";

    /// <summary>
    /// Whether a reasoning model thinks before it answers, where a request does not say. It costs time, and tokens that nobody sees but
    /// that count to the answer's limit: a course that turns it on should allow its hints more.
    /// </summary>
    public bool Thinking { get; set; }

    public IList<ModelAdapterOptions> Adapters { get; } = [];

    /// <summary>Turns embeddings on.</summary>
    public bool Embeddings { get; set; }

    /// <summary>How a text becomes one vector; null takes what the file says.</summary>
    public EmbeddingPooling? Pooling { get; set; }

    internal EngineOptions ToEngine() => new()
    {
        ModelPath = Path, Name = Name.Length > 0 ? Name : null, Backend = Backend, GpuLayers = GpuLayers, Slots = Slots, ContextTokens = ContextTokens,
        RequestTokens = RequestTokens, Threads = Threads, KvCache = KvCache, FlashAttention = FlashAttention,
        Adapters = [.. Adapters.Select(adapter => new AdapterFile(adapter.Name, adapter.Path, adapter.Scale))],
        Embeddings = Embeddings ? new EmbeddingOptions(Pooling) : null,
    };
}
