using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Tutor.Inference.Hosts.Wire;

/// <summary>A server with the OpenAI chat API as an <see cref="IChatClient"/>, with limits on what it sends and little faith in how it says it.</summary>
/// <remarks>
/// The OpenAI package stood here before. It follows the letter of OpenAI's own API and ends an answer with an exception over a
/// <c>finish_reason</c> it does not know, <c>created: null</c>, half an emoji or a body that is not a stream, each of which some server
/// sends, and it reads a line of any length.
/// </remarks>
internal sealed class HostChatClient(HttpClient http, ModelHostOptions host, HostHabits habits, TimeProvider time) : IChatClient
{
    private readonly ChatClientMetadata metadata = new("openai", host.Url, host.Model.Length > 0 ? host.Model : null);

    /// <exception cref="HostRefusedException">It said no.</exception>
    /// <exception cref="HostBrokeException">It sent what no answer can be made of.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var model = new[] { options?.ModelId, host.Model, habits.ListedModel }.FirstOrDefault(name => !string.IsNullOrEmpty(name)) ?? "default";
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("chat/completions"));
        request.Content = new ReadOnlyMemoryContent(ChatBody.Of(asked, options, model, habits)) { Headers = { ContentType = new("application/json") } };
        Authorize(request);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await Refusal.ReadAsync(response, string.Join('\n', asked.Select(message => message.Text)), time, cancellationToken);

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (any, emptyEnd) = (false, false);
        await foreach (var data in ReplyLines.ReadAsync(body, cancellationToken))
        {
            if (data.Span.SequenceEqual("[DONE]"u8))
            {
                yield return new() { ModelId = model, FinishReason = ChatFinishReason.Stop };
                yield break;
            }
            foreach (var chunk in ReplyChunk.Read(data))
            {
                if (chunk.Error is { } error) throw error;
                any = true;
                var update = Update(chunk, model);
                // Some servers write an empty reason beside every token, others only at the end.
                emptyEnd = chunk is { Finish: "", Text: "" };
                yield return update;
            }
        }
        if (!any) throw new HostBrokeException("It answered with nothing that is a chat completion. Check Url.");
        if (emptyEnd) yield return new() { ModelId = model, FinishReason = ChatFinishReason.Stop };
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    /// <summary>An address of the API, below the host's base path.</summary>
    public Uri Address(string path) => new($"{host.Url.ToString().TrimEnd('/')}/{path}");

    public void Authorize(HttpRequestMessage request)
    {
        if (host.ApiKey.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.ApiKey);
    }

    // The connections belong to the host.
    public void Dispose() { }

    private static ChatResponseUpdate Update(ReplyChunk chunk, string model)
    {
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ModelId = chunk.Model ?? model, FinishReason = Reason(chunk) };
        if (chunk.Reasoning > 0) update.Contents.Add(new TextReasoningContent(new string('.', chunk.Reasoning)));
        if (chunk.Text.Length > 0) update.Contents.Add(new TextContent(chunk.Text));
        if (chunk.Usage is { } usage) update.Contents.Add(new UsageContent(usage));
        return update;
    }

    // Names differ from server to server; one that is not known is an end like any other.
    private static ChatFinishReason? Reason(ReplyChunk chunk) => chunk.Finish?.ToLowerInvariant() switch
    {
        null or "" => chunk.IsWhole ? ChatFinishReason.Stop : null,
        "length" or "max_tokens" or "max_length" or "model_length" or "max_output_tokens" => ChatFinishReason.Length,
        "content_filter" or "safety" or "recitation" => ChatFinishReason.ContentFilter,
        "error" or "abort" or "aborted" or "cancelled" or "canceled" or "network_error" => throw new HostBrokeException("It gave the answer up."),
        _ => ChatFinishReason.Stop,
    };
}
