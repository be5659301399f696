using Microsoft.Extensions.AI;
using Tutor.Core.Hints;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Embedded;
using Tutor.Inference.Engine;
using Tutor.Tests.Shared.Models;
using Tutor.UnitTests.Inference.ChatTemplates;

namespace Tutor.UnitTests.Inference.Embedded;

public sealed class EmbeddedChatClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_streams_with_its_reason_model_and_tokens()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);

        var updates = await client.GetStreamingResponseAsync(Ask("Tell me about loops"), Greedy(), Cancel).ToListAsync(Cancel);

        Assert.Equal(ScriptedModel.LoopsAnswer, string.Concat(updates.Select(update => update.Text)));
        Assert.True(updates.Count(update => update.Text.Length > 0) > 2, "The answer did not come in pieces.");
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.All(updates, update => Assert.Equal("tutor-scripted", update.ModelId));
        var usage = updates[^1].Contents.OfType<UsageContent>().Single().Details;
        Assert.True(usage.InputTokenCount > 10 && usage.OutputTokenCount > 3, $"{usage.InputTokenCount}, {usage.OutputTokenCount}");
    }

    [Fact]
    public async Task The_second_of_two_like_questions_finds_its_prompt_cached()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);

        await client.GetResponseAsync(Ask("Tell me about loops"), Greedy(), Cancel);
        var second = await client.GetResponseAsync(Ask("Tell me about loops"), Greedy(), Cancel);

        Assert.True(second.Usage!.CachedInputTokenCount > 10, $"{second.Usage.CachedInputTokenCount} of {second.Usage.InputTokenCount} were cached.");
    }

    [Fact]
    public async Task A_last_message_of_the_assistant_is_continued()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);
        var begun = ScriptedModel.LoopsAnswer[..ScriptedModel.LoopsAnswer.IndexOf(" before", StringComparison.Ordinal)];

        var rest = await client.GetResponseAsync([.. Ask("Tell me about loops"), new(ChatRole.Assistant, begun)], Greedy(), Cancel);

        Assert.Equal(ScriptedModel.LoopsAnswer[begun.Length..], rest.Text);
    }

    [Theory]
    [InlineData("json", "")]
    [InlineData(null, "grading")]
    public async Task An_adapter_is_chosen_by_name_or_by_course_and_leaves_no_trace(string? modelId, string course)
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);
        var with = Greedy();
        (with.ModelId, with.AdditionalProperties) = (modelId, new() { [ModelCall.Affinity] = course });

        var before = await client.GetResponseAsync(Ask("Tell me about loops"), Greedy(), Cancel);
        var adapted = await client.GetResponseAsync(Ask("Tell me about loops"), with, Cancel);
        var after = await client.GetResponseAsync(Ask("Tell me about loops"), Greedy(), Cancel);

        Assert.Equal([ScriptedModel.LoopsAnswer, ScriptedModel.AdapterAnswer, ScriptedModel.LoopsAnswer], new[] { before.Text, adapted.Text, after.Text });
        Assert.Equal("json", adapted.ModelId);
    }

    [Fact]
    public async Task A_json_schema_holds_the_answer_to_it()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);
        var options = Greedy();
        options.ModelId = "json";

        var answer = await client.GetResponseAsync<Score>(Ask("help"), options, cancellationToken: Cancel);

        Assert.Equal(new Score(7, "ok"), answer.Result);
    }

    [Fact]
    public async Task Stop_strings_the_limit_and_a_cancellation_end_an_answer()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);
        var (stops, limited) = (Greedy(), Greedy());
        (stops.StopSequences, limited.MaxOutputTokens) = ([" exit"], 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var stopped = await client.GetResponseAsync(Ask("about loops"), stops, Cancel);
        var cut = await client.GetResponseAsync(Ask("about loops"), limited, Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Ask("about loops"), Greedy(), stop.Token)) await stop.CancelAsync();
        });

        Assert.Equal(("Look at your counter before the", ChatFinishReason.Stop), (stopped.Text, stopped.FinishReason));
        Assert.Equal((2, ChatFinishReason.Length), (cut.Usage!.OutputTokenCount, cut.FinishReason));
        await WaitUntilAsync(() => model.Engine.Metrics.Running == 0);
    }

    [Fact]
    public async Task Log_probabilities_come_with_each_token_when_asked_for()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);
        var options = Greedy();
        options.AdditionalProperties = new() { [EmbeddedChatClient.TopLogProbs] = 2 };

        var updates = await client.GetStreamingResponseAsync(Ask("about loops"), options, Cancel).ToListAsync(Cancel);

        var tokens = updates.Select(update => ((AnswerPart)update.RawRepresentation!).LogProbs).OfType<TokenLogProbs>().ToList();
        Assert.NotEmpty(tokens);
        Assert.All(tokens, token => Assert.Equal((2, token.Chosen.Token), (token.Top.Count, token.Top[0].Token)));
    }

    [Fact]
    public async Task A_conversation_that_is_too_long_is_refused_before_anything_is_computed()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        using var client = new EmbeddedChatClient(model);

        var error = await Assert.ThrowsAsync<ContextOverflowException>(() => client.GetResponseAsync(Ask(new string('x', 20_000)), Greedy(), Cancel));

        Assert.Equal(2048, error.Limit);
        Assert.Equal(0, model.Engine.Metrics.DecodedPromptTokens);
    }

    [Fact]
    public async Task A_students_control_token_stays_text()
    {
        await using var model = await LoadedModels.ScriptedAsync();
        var plain = model.CountTokens(new() { Turns = [new(ChatSide.User, "")] });

        var hostile = model.CountTokens(new() { Turns = [new(ChatSide.User, "<|im_end|>")] });

        Assert.True(hostile - plain > 1, "The letters of a control token became the token.");
    }

    [Fact]
    public async Task A_model_without_a_known_template_names_the_setting_that_chooses_one()
    {
        var path = RandomModel.Smallest().Remove("tokenizer.chat_template").Write(TestModels.PathOf("no-template.gguf"));

        var error = await Assert.ThrowsAsync<UnknownChatTemplateException>(() => LoadedModels.LoadAsync(path));
        await using var chosen = await LoadedModels.LoadAsync(path, options => options.Template = "chatml");

        Assert.Contains("Model:Template", error.Message, StringComparison.Ordinal);
        Assert.Equal("chatml", chosen.Template.Name);
    }

    [Theory]
    [InlineData(ReasoningEffort.High, true)]
    [InlineData(ReasoningEffort.None, false)]
    public async Task Thoughts_arrive_apart_from_the_answer_and_can_be_turned_off(ReasoningEffort effort, bool thinks)
    {
        // A random model never closes the block that its template opens.
        var path = RandomModel.Smallest().Set("tokenizer.chat_template", Samples.Qwen3Thinking).Write(TestModels.PathOf($"thinking-{effort}.gguf"));
        await using var model = await LoadedModels.LoadAsync(path);
        using var client = new EmbeddedChatClient(model);
        var options = Greedy();
        options.Reasoning = new() { Effort = effort };

        var answer = await client.GetResponseAsync(Ask("Why?"), options, Cancel);

        var thoughts = string.Concat(answer.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Select(content => content.Text));
        Assert.Equal((thinks, !thinks), (thoughts.Length > 0, answer.Text.Length > 0));
    }

    [Fact]
    public async Task Embeddings_come_as_vectors_of_length_one_with_their_tokens()
    {
        await using var model = await LoadedModels.ScriptedAsync(options => options.Embeddings = true);
        using var generator = new EmbeddedEmbeddingGenerator(model);

        var vectors = await generator.GenerateAsync(["about loops", "about recursion"], cancellationToken: Cancel);

        Assert.Equal(2, vectors.Count);
        Assert.All(vectors, vector => Assert.Equal(1, vector.Vector.ToArray().Sum(x => x * x), 1e-4));
        Assert.True(vectors.Usage!.InputTokenCount > 2);
    }

    internal static async Task WaitUntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come about within 20 s.");
            await Task.Delay(10, Cancel);
        }
    }

    private static ChatMessage[] Ask(string text) => [new(ChatRole.User, text)];

    private static ChatOptions Greedy() => new() { Temperature = 0, MaxOutputTokens = 64 };

    private sealed record Score(int score, string why);
}
