namespace Tutor.Inference.Embeddings;

/// <summary>A text's vector of Euclidean length 1.</summary>
/// <param name="Tokens">Tokens of the text.</param>
public sealed record TextEmbedding(ReadOnlyMemory<float> Vector, int Tokens);
