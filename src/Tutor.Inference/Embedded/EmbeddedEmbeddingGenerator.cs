using Microsoft.Extensions.AI;

namespace Tutor.Inference.Embedded;

/// <summary>The embeddings of this process's model as an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>.</summary>
public sealed class EmbeddedEmbeddingGenerator(EmbeddedModel model) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata metadata = new("tutor", defaultModelId: model.Engine.Info.Name, defaultModelDimensions: model.Engine.Info.EmbeddingSize);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var size = model.Engine.Info.EmbeddingSize;
        if (options?.Dimensions is { } asked && asked != size)
            throw new ArgumentException($"The model's vectors have {size} numbers; {asked} were asked for.", nameof(options));
        var vectors = await model.Engine.EmbedAsync([.. values], cancellationToken);
        var tokens = vectors.Sum(vector => (long)vector.Tokens);
        return new(vectors.Select(vector => new Embedding<float>(vector.Vector) { ModelId = model.Engine.Info.Name, CreatedAt = DateTimeOffset.UtcNow }))
        {
            Usage = new() { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this : null;

    // The model belongs to whoever loaded it.
    public void Dispose() { }
}
