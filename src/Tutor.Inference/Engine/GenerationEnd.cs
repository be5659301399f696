namespace Tutor.Inference.Engine;

/// <summary>Why an answer ended, and what it took.</summary>
/// <param name="StopString">The string of <see cref="GenerationRequest.Stop"/> that ended it; null when the model did.</param>
public sealed record GenerationEnd(FinishReason Reason, string? StopString, GenerationUsage Usage, GenerationTimings Timings);

public enum FinishReason
{
    /// <summary>The model ended its turn, or a stop string came.</summary>
    Stop,

    /// <summary>The most tokens asked for, or the end of the context.</summary>
    Length,

    /// <summary>The engine was shut down. A caller who cancels gets <see cref="OperationCanceledException"/> instead.</summary>
    Cancelled,
}

/// <param name="PromptTokens">All tokens of the prompt.</param>
/// <param name="CachedTokens">Those of them that were not computed because a shared prefix was.</param>
/// <param name="GeneratedTokens">Tokens generated, the end token included.</param>
public readonly record struct GenerationUsage(int PromptTokens, int CachedTokens, int GeneratedTokens);

/// <param name="Queued">From the call until the request had a slot.</param>
/// <param name="Prompt">From then until the first token.</param>
/// <param name="Generation">From the first token until the last.</param>
public readonly record struct GenerationTimings(TimeSpan Queued, TimeSpan Prompt, TimeSpan Generation)
{
    public TimeSpan ToFirstToken => Queued + Prompt;
}
