namespace Tutor.Inference.Embeddings;

/// <summary>How a text becomes one vector.</summary>
/// <param name="Pooling">Null takes what the model file says, and the mean where it says nothing.</param>
/// <param name="MaxTokens">Longest text; also how many tokens are computed at once.</param>
/// <param name="Parallel">Most texts computed at once.</param>
public sealed record EmbeddingOptions(EmbeddingPooling? Pooling = null, int MaxTokens = 2048, int Parallel = 32);

public enum EmbeddingPooling
{
    Mean = 1,
    FirstToken = 2,
    LastToken = 3,
}
