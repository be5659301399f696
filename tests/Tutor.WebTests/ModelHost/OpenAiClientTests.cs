using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using Tutor.Tests.Shared.Models;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Tutor.WebTests.ModelHost;

/// <summary>The official OpenAI package and Microsoft.Extensions.AI over it, unchanged, against the model host.</summary>
[Trait("Database", "own")]
public sealed class OpenAiClientTests(SharedModelHost shared)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_answers_whole_with_its_tokens()
    {
        var chat = await ChatAsync();

        ChatCompletion completion = await chat.CompleteChatAsync([new SystemChatMessage("You teach loops"), new UserChatMessage("help")], Greedy(), Cancel);

        Assert.Equal(ScriptedModel.LoopsAnswer, completion.Content[0].Text);
        Assert.Equal((OpenAI.Chat.ChatFinishReason.Stop, "tutor-scripted"), (completion.FinishReason, completion.Model));
        Assert.Equal(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount);
        Assert.StartsWith("chatcmpl-", completion.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_streams_with_usage_and_cached_tokens()
    {
        var chat = await ChatAsync();
        var messages = new OpenAI.Chat.ChatMessage[] { new UserChatMessage("stream about recursion") };
        await chat.CompleteChatAsync(messages, Greedy(), Cancel);

        var updates = await chat.CompleteChatStreamingAsync(messages, Greedy(), Cancel).ToListAsync(Cancel);

        Assert.Equal(ScriptedModel.RecursionAnswer, string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)));
        Assert.True(updates.Count(update => update.ContentUpdate.Count > 0) > 3, "The answer did not come in pieces.");
        Assert.Contains(updates, update => update.FinishReason == OpenAI.Chat.ChatFinishReason.Stop);
        Assert.True(updates.Single(update => update.Usage is not null).Usage.InputTokenDetails.CachedTokenCount > 0, "Nothing was cached.");
    }

    [Fact]
    public async Task Stop_seed_limit_n_and_log_probabilities_do_as_they_say()
    {
        var chat = await ChatAsync();
        var (stops, limited, logs) = (Greedy(), Greedy(), Greedy());
        stops.StopSequences.Add(" exit");
        (limited.MaxOutputTokenCount, logs.IncludeLogProbabilities, logs.TopLogProbabilityCount) = (2, true, 3);
        UserChatMessage[] messages = [new("about loops")];

        ChatCompletion stopped = await chat.CompleteChatAsync(messages, stops, Cancel);
        ChatCompletion cut = await chat.CompleteChatAsync(messages, limited, Cancel);
        ChatCompletion judged = await chat.CompleteChatAsync(messages, logs, Cancel);
        var (one, other) = (Seeded(), Seeded());
        ChatCompletion first = await chat.CompleteChatAsync(messages, one, Cancel);
        ChatCompletion second = await chat.CompleteChatAsync(messages, other, Cancel);

        Assert.Equal("Look at your counter before the", stopped.Content[0].Text);
        Assert.Equal((OpenAI.Chat.ChatFinishReason.Length, 2), (cut.FinishReason, cut.Usage.OutputTokenCount));
        Assert.Equal(3, judged.ContentTokenLogProbabilities[0].TopLogProbabilities.Count);
        Assert.All(judged.ContentTokenLogProbabilities, token => Assert.InRange(token.LogProbability, -20, 0));
        Assert.Equal(first.Content[0].Text, second.Content[0].Text);
    }

    [Fact]
    public async Task A_json_schema_and_an_adapter_named_as_the_model_give_typed_json()
    {
        var options = Greedy();
        options.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat("score", BinaryData.FromString(
            """{"type":"object","properties":{"score":{"type":"integer","minimum":0,"maximum":10},"why":{"type":"string"}},"required":["score","why"],"additionalProperties":false}"""), jsonSchemaIsStrict: true);

        ChatCompletion completion = await (await ChatAsync("json")).CompleteChatAsync([new UserChatMessage("help")], options, Cancel);

        Assert.Equal("json", completion.Model);
        Assert.Equal(7, JsonDocument.Parse(completion.Content[0].Text).RootElement.GetProperty("score").GetInt32());
    }

    [Fact]
    public async Task The_last_message_of_the_assistant_is_continued_when_told_so()
    {
        var options = Greedy();
#pragma warning disable SCME0001 // The patch is the library's way to send fields beyond OpenAI's own.
        options.Patch.Set("$.continue_final_message"u8, true);
        options.Patch.Set("$.add_generation_prompt"u8, false);
#pragma warning restore SCME0001

        ChatCompletion completion = await (await ChatAsync()).CompleteChatAsync([new UserChatMessage("about loops"), new AssistantChatMessage("Look at your counter")], options, Cancel);

        Assert.Equal(ScriptedModel.LoopsAnswer["Look at your counter".Length..], completion.Content[0].Text);
    }

    [Fact]
    public async Task Embeddings_are_equal_as_numbers_and_as_base64()
    {
        var client = await ClientAsync();
        // The package asks for base64 by itself.
        OpenAIEmbedding packaged = await client.GetEmbeddingClient("default").GenerateEmbeddingAsync("about loops", cancellationToken: Cancel);
        using var http = (await shared.GetAsync()).OpenClient();
        using var answer = await http.PostAsync(new Uri("/v1/embeddings", UriKind.Relative), new StringContent("""{"input":["about loops"],"encoding_format":"float"}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        var numbers = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(x => x.GetSingle()).ToArray();

        Assert.Equal(numbers, packaged.ToFloats().ToArray());
        Assert.Equal(1, numbers.Sum(x => x * x), 1e-4);
    }

    [Fact]
    public async Task The_model_and_its_adapters_are_listed()
    {
        var models = (await (await ClientAsync()).GetOpenAIModelClient().GetModelsAsync(Cancel)).Value;

        Assert.Equal(["tutor-scripted", "json"], models.Select(model => model.Id));
    }

    [Fact]
    public async Task Microsoft_Extensions_AI_streams_answers_schemas_and_cancellation()
    {
        using var chat = (await ChatAsync()).AsIChatClient();
        using var embeddings = (await ClientAsync()).GetEmbeddingClient("default").AsIEmbeddingGenerator();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 64 };

        var streamed = await chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "about loops")], options, Cancel).ToChatResponseAsync(Cancel);
        var typed = await chat.GetResponseAsync<Score>([new ChatMessage(ChatRole.User, "help")], new ChatOptions { Temperature = 0, ModelId = "json" }, cancellationToken: Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "about loops")], options, stop.Token)) await stop.CancelAsync();
        });
        var vector = await embeddings.GenerateAsync("about loops", cancellationToken: Cancel);

        Assert.Equal(ScriptedModel.LoopsAnswer, streamed.Text);
        Assert.True(streamed.Usage!.InputTokenCount > 0);
        Assert.Equal(new Score(7, "ok"), typed.Result);
        Assert.Equal(1, vector.Vector.ToArray().Sum(x => x * x), 1e-4);
    }

    private static ChatCompletionOptions Greedy() => new() { Temperature = 0, MaxOutputTokenCount = 64 };

#pragma warning disable OPENAI001 // The seed is marked as experimental.
    private static ChatCompletionOptions Seeded() => new() { Temperature = 2, TopP = 1, MaxOutputTokenCount = 12, Seed = 42 };
#pragma warning restore OPENAI001

    private async Task<ChatClient> ChatAsync(string model = "default") => (await ClientAsync()).GetChatClient(model);

    private async Task<OpenAIClient> ClientAsync() => new(new ApiKeyCredential(ModelHostProcess.Key), new OpenAIClientOptions
    {
        Endpoint = (await shared.GetAsync()).Api, RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        Transport = new HttpClientPipelineTransport(new HttpClient(new SocketsHttpHandler { UseProxy = false })),
    });

    private sealed record Score(int score, string why);
}
