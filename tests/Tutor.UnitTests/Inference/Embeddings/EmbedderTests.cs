using Tutor.Inference.Embeddings;
using Tutor.Inference.Engine;

namespace Tutor.UnitTests.Inference.Embeddings;

public sealed class EmbedderTests
{
    private static readonly string[] Texts = ["a loop", "recursion needs a base case", "é✓ other alphabets", "a loop"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EmbeddingPooling.Mean)]
    [InlineData(EmbeddingPooling.LastToken)]
    public async Task Vectors_have_length_one_and_are_the_same_alone_and_together(EmbeddingPooling pooling)
    {
        await using var engine = await TestEngine.ExactAsync(options => options with { Embeddings = new EmbeddingOptions(pooling, MaxTokens: 256) });

        var together = await engine.EmbedAsync(Texts, Cancel);
        var alone = new List<TextEmbedding>();
        foreach (var text in Texts) alone.AddRange(await engine.EmbedAsync([text], Cancel));

        Assert.All(together, embedding => Assert.Equal(1, Dot(embedding, embedding), 4));
        Assert.All(together.Zip(alone), pair => Assert.Equal(1, Dot(pair.First, pair.Second), 3));
        Assert.True(Dot(together[0], together[1]) < 0.999, "Different texts have different vectors.");
        Assert.Equal(engine.Info.EmbeddingSize, together[0].Vector.Length);
        Assert.Equal(engine.CountTokens(Texts[1]), together[1].Tokens);
    }

    [Fact]
    public async Task Many_callers_at_once_each_get_their_own_vectors_while_answers_are_written()
    {
        await using var engine = await TestEngine.ExactAsync(options => options with { Embeddings = new EmbeddingOptions(MaxTokens: 256, Parallel: 4) });
        var answer = engine.AnswerAsync(Engine.LlamaEngineTests.Free(engine, "beside", 100), Cancel);
        var expected = await engine.EmbedAsync(Texts, Cancel);

        var found = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => engine.EmbedAsync([Texts[i % Texts.Length]], Cancel)));

        Assert.All(found.Select((vectors, i) => (vectors, i)), item => Assert.Equal(1, Dot(item.vectors[0], expected[item.i % Texts.Length]), 3));
        Assert.Equal(100, (await answer).End.Usage.GeneratedTokens);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        await using var engine = await TestEngine.ExactAsync(options => options with { Embeddings = new EmbeddingOptions(MaxTokens: 64) });

        var error = await Assert.ThrowsAsync<ContextOverflowException>(() => engine.EmbedAsync(["short", string.Concat(Enumerable.Repeat("q7 ", 100))], Cancel));

        Assert.Equal(64, error.Limit);
    }

    [Fact]
    public async Task An_engine_loaded_without_them_says_what_to_set()
    {
        await using var engine = await TestEngine.ScriptedAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.EmbedAsync(["x"], Cancel));

        Assert.Contains("Set Embeddings", error.Message, StringComparison.Ordinal);
    }

    private static float Dot(TextEmbedding a, TextEmbedding b) => System.Numerics.Tensors.TensorPrimitives.Dot(a.Vector.Span, b.Vector.Span);
}
