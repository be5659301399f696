using Tutor.Inference.Adapters;
using Tutor.Inference.Backends;
using Tutor.Inference.Embeddings;

namespace Tutor.Inference.Engine;

/// <summary>What to load and how much memory to give it. Zero and null mean: choose what fits, and say so in the log.</summary>
public sealed record EngineOptions
{
    /// <summary>The model, a GGUF file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Name the model goes by; null takes the one in the file.</summary>
    public string? Name { get; init; }

    public LlamaBackend Backend { get; init; } = LlamaBackend.Built;

    /// <summary>Layers on the GPU; null puts all there when the backend has one.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Answers generated at the same time.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>Tokens of all running requests and the prefix cache together.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Most tokens of one request, prompt and answer; never more than the model was trained for.</summary>
    public int RequestTokens { get; init; }

    /// <summary>Finished requests kept for their prefixes, besides the running ones.</summary>
    public int CachedSequences { get; init; } = 32;

    /// <summary>Most prompt tokens computed per step while answers are being written: the longest pause a new prompt can cause.</summary>
    public int PrefillChunk { get; init; }

    /// <summary>Processor threads; 0 takes the physical cores.</summary>
    public int Threads { get; init; }

    public KvCacheType KvCache { get; init; } = KvCacheType.F16;

    /// <summary>Null lets the library decide, which means on where the device can.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>Fine-tuned variants of the model, loaded with it.</summary>
    public IReadOnlyList<AdapterFile> Adapters { get; init; } = [];

    /// <summary>Turns <see cref="LlamaEngine.EmbedAsync"/> on; null saves its memory.</summary>
    public EmbeddingOptions? Embeddings { get; init; }

    /// <summary>
    /// The same options with 32 bit keys and values and without flash attention. Then an answer is the same alone and in a batch, with
    /// and without a cached prefix (on 32 bit weights to 1e-4 in the scores); otherwise rounding may turn a near tie.
    /// </summary>
    public EngineOptions Exact() => this with { KvCache = KvCacheType.F32, FlashAttention = false };
}

/// <summary>How keys and values are kept: half the memory of F16 costs some quality at Q8, more at Q4. Quantised needs flash attention.</summary>
public enum KvCacheType
{
    F16 = 1,
    F32 = 0,
    Q8 = 8,
    Q4 = 2,
}
