namespace Tutor.Inference.Sampling;

/// <summary>How the next token is chosen.</summary>
/// <remarks>
/// Applied in llama.cpp's order: bias, repetition penalty, top-k, top-p, min-p, temperature, draw. With a seed the draw is the same
/// for the same scores; the scores themselves differ in the last digits with what else is in the batch (see <c>EngineOptions.Exact</c>).
/// </remarks>
public sealed record SamplingOptions
{
    /// <summary>Always the most probable token.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>0 is greedy; 1 draws from the model's own distribution.</summary>
    public float Temperature { get; init; } = 0.8f;

    /// <summary>Keep the k most probable tokens; 0 keeps all.</summary>
    public int TopK { get; init; } = 40;

    /// <summary>Keep the most probable tokens that together reach this probability (Holtzman et al. 2020); 1 keeps all.</summary>
    public float TopP { get; init; } = 0.95f;

    /// <summary>Keep tokens at least this fraction as probable as the best (Nguyen et al. 2024); 0 keeps all.</summary>
    public float MinP { get; init; } = 0.05f;

    /// <summary>Divides the scores of repeated tokens (Keskar et al. 2019); 1 changes nothing.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>How many of the last tokens, prompt included, count as repeated.</summary>
    public int RepetitionWindow { get; init; } = 64;

    /// <summary>Subtracted once from the score of any token in the window, as OpenAI's <c>presence_penalty</c>.</summary>
    public float PresencePenalty { get; init; }

    /// <summary>Subtracted from a token's score for each time it is in the window, as OpenAI's <c>frequency_penalty</c>.</summary>
    public float FrequencyPenalty { get; init; }

    /// <summary>Start of the random sequence; null draws one.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Added to the scores of tokens by id; negative infinity forbids a token.</summary>
    public IReadOnlyDictionary<int, float>? LogitBias { get; init; }
}
