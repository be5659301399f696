using System.Text.Json;
using CsCheck;
using Tutor.Inference.Embedded;
using Tutor.Inference.Engine;
using Tutor.Inference.Schemas;
using Tutor.Tests.Shared.Models;
using Tutor.UnitTests.Inference.Schemas;

namespace Tutor.UnitTests.Inference.Embedded;

public sealed class GrammarOutputTests
{
    [Fact]
    public async Task A_model_that_writes_nonsense_writes_json_that_fits_each_of_500_random_schemas()
    {
        await using var model = await LoadedModels.LoadAsync(TestModels.Tiny, options => options.Slots = 8);
        var schemas = new List<string>();
        RandomSchemas.Any(2).Sample(schema => schemas.Add(schema.ToJsonString()), iter: 500, threads: 1);
        var finished = 0;

        await Parallel.ForEachAsync(schemas.Select((text, seed) => (text, seed)), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (one, cancel) =>
        {
            var (text, ended) = await AnswerAsync(model, one.text, (ulong)one.seed, cancel);
            if (!ended) return;
            Interlocked.Increment(ref finished);
            using var json = Parse(text, one.text);
            Assert.True(SchemaJudge.Fits(SchemaJudge.Read(one.text), json.RootElement), $"{text}\ndoes not fit\n{one.text}");
        });

        // All values of these schemas are short; only the room for an answer could cut one off.
        Assert.True(finished > 490, $"Only {finished} of 500 answers came to their end.");
    }

    private static async Task<(string Text, bool Ended)> AnswerAsync(EmbeddedModel model, string schema, ulong seed, CancellationToken cancel)
    {
        var question = new ChatQuestion
        {
            Turns = [new(Tutor.Inference.ChatTemplates.ChatSide.User, "x")], Grammar = JsonSchemaGrammar.From(JsonDocument.Parse(schema).RootElement),
            Sampling = new() { Temperature = 1, TopK = 0, TopP = 1, MinP = 0, Seed = seed }, MaxTokens = 900,
        };
        var text = new System.Text.StringBuilder();
        var ended = false;
        await foreach (var part in model.AnswerAsync(question, cancel))
        {
            text.Append(part.Answer);
            ended |= part.End?.Reason == FinishReason.Stop;
        }
        return (text.ToString(), ended);
    }

    private static JsonDocument Parse(string text, string schema)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"{error.Message}\n{text}\nfor {schema}", error);
        }
    }
}
