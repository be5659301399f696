namespace Tutor.Inference.Engine;

/// <summary>A prompt that leaves no room for an answer, or a text too long to embed. Nothing was computed.</summary>
public sealed class ContextOverflowException(int tokens, int limit) : Exception(
    $"The prompt has {tokens} tokens and this model takes at most {limit}. Shorten it, or give the engine more context (RequestTokens, ContextTokens).")
{
    public int Tokens { get; } = tokens;
    public int Limit { get; } = limit;
}
