namespace Tutor.Inference.Engine;

/// <summary>What was loaded.</summary>
public sealed record EngineInfo
{
    public required string Name { get; init; }

    /// <summary>For example <c>qwen2</c>.</summary>
    public required string Architecture { get; init; }

    public required long Parameters { get; init; }

    /// <summary>Bytes of the weights.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The context the model was trained for.</summary>
    public required int TrainedContext { get; init; }

    /// <summary>Tokens of all running requests and the prefix cache together.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>Most tokens of one request, prompt and answer.</summary>
    public required int RequestTokens { get; init; }

    public required int Slots { get; init; }
    public required int VocabularySize { get; init; }

    /// <summary>Length of an embedding vector.</summary>
    public required int EmbeddingSize { get; init; }

    public required bool CanEmbed { get; init; }

    /// <summary>The Jinja template in the model file; null when it has none.</summary>
    public required string? ChatTemplate { get; init; }

    /// <summary>Text of the begin-of-text token; empty when the model has none.</summary>
    public required string BeginText { get; init; }

    /// <summary>Text of the end-of-text token; empty when the model has none.</summary>
    public required string EndText { get; init; }

    /// <summary>Whether the engine puts the begin-of-text token in front of a prompt that lacks it.</summary>
    public required bool AddsBegin { get; init; }

    public required IReadOnlyList<string> Adapters { get; init; }

    /// <summary>The devices that compute, for example <c>CPU: AMD EPYC</c> or <c>CUDA0: NVIDIA L4</c>.</summary>
    public required IReadOnlyList<string> Devices { get; init; }
}
