namespace Tutor.Inference.Engine;

/// <summary>Natural logarithms of the model's own probabilities, before bias, penalties and truncation.</summary>
/// <param name="Chosen">The token that was generated.</param>
/// <param name="Top">The most probable tokens, best first.</param>
public sealed record TokenLogProbs(TokenLogProb Chosen, IReadOnlyList<TokenLogProb> Top);

/// <param name="Bytes">The token's UTF-8, which alone may not be whole characters.</param>
public readonly record struct TokenLogProb(int Token, ReadOnlyMemory<byte> Bytes, float LogProb);
