using Tutor.Inference.Sampling;

namespace Tutor.Inference.Engine;

/// <summary>What to generate, and how.</summary>
public sealed record GenerationRequest
{
    /// <summary>The whole prompt in order. The model's begin-of-text token is put in front where the model wants one and the first segment has none.</summary>
    public required IReadOnlyList<PromptSegment> Prompt { get; init; }

    public SamplingOptions Sampling { get; init; } = SamplingOptions.Greedy;

    /// <summary>A grammar in llama.cpp's GBNF that the answer must follow, with a rule <c>root</c>; null for free text.</summary>
    public string? Grammar { get; init; }

    /// <summary>Strings that end the answer and are not part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Most tokens to generate; less where the context ends first. The room is reserved before the first token.</summary>
    public int MaxTokens { get; init; } = 1024;

    /// <summary>Name of a loaded adapter; null for the model as it is.</summary>
    public string? Adapter { get; init; }

    /// <summary>Whose request this is. Waiting requests are admitted in turn over callers, so that one with many does not hold up another.</summary>
    public string Caller { get; init; } = "";

    /// <summary>How many alternatives to report with each token's log-probability; 0 for only the chosen token's, null for none.</summary>
    public int? TopLogProbs { get; init; }

    /// <summary>Also give the text of control tokens the model writes, such as the channel marks of some reasoning models.</summary>
    public bool ShowControlTokens { get; init; }
}
