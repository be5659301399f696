using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Tutor.Core.Hints;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Engine;
using Tutor.Inference.Schemas;
using Tutor.Inference.Sampling;

namespace Tutor.Inference.Embedded;

/// <summary>The model of this process as an <see cref="IChatClient"/>.</summary>
/// <remarks>
/// A last message of the assistant is continued. A <see cref="ChatOptions.ModelId"/> that names an adapter uses it; otherwise the course
/// (<see cref="ModelCall.Affinity"/>) decides. Thoughts of reasoning models arrive as <see cref="TextReasoningContent"/>;
/// <see cref="ReasoningEffort.None"/> turns them off. Log-probabilities: set <see cref="TopLogProbs"/> among the additional properties and
/// read each update's <see cref="ChatResponseUpdate.RawRepresentation"/>, an <see cref="AnswerPart"/>.
/// </remarks>
public sealed class EmbeddedChatClient(EmbeddedModel model) : IChatClient
{
    /// <summary>Among <see cref="ChatOptions.AdditionalProperties"/>: how many alternatives to report with each token (int).</summary>
    public const string TopLogProbs = "top_logprobs";

    private readonly ChatClientMetadata metadata = new("tutor", defaultModelId: model.Engine.Info.Name);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var question = Question([.. messages], options);
        var id = Guid.CreateVersion7().ToString("N");
        await foreach (var part in model.AnswerAsync(question, cancellationToken).WithCancellation(cancellationToken))
        {
            var update = new ChatResponseUpdate
            {
                Role = ChatRole.Assistant, MessageId = id, ResponseId = id, ModelId = question.Adapter ?? model.Engine.Info.Name, CreatedAt = DateTimeOffset.UtcNow, RawRepresentation = part,
            };
            if (part.Thoughts.Length > 0) update.Contents.Add(new TextReasoningContent(part.Thoughts));
            if (part.Answer.Length > 0) update.Contents.Add(new TextContent(part.Answer));
            if (part.End is { } end)
            {
                // An engine that shuts down has not finished the answer; the caller goes on elsewhere.
                if (end.Reason == FinishReason.Cancelled) throw new EngineFailedException("The model was shut down before the answer ended.");
                update.FinishReason = end.Reason == FinishReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
                update.Contents.Add(new UsageContent(Usage(end.Usage)));
            }
            yield return update;
        }
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? metadata
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(model) ? model : null;

    // The model belongs to whoever loaded it.
    public void Dispose() { }

    private ChatQuestion Question(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var course = Property<string>(options, ModelCall.Affinity);
        var system = options?.Instructions is { Length: > 0 } instructions ? [new ChatTurn(ChatSide.System, instructions)] : Array.Empty<ChatTurn>();
        var defaults = new SamplingOptions();
        return new()
        {
            Turns = [.. system, .. messages.Select(message => new ChatTurn(Side(message.Role), message.Text))],
            ContinueLast = messages is [.., var last] && last.Role == ChatRole.Assistant,
            Think = options?.Reasoning?.Effort is { } effort ? effort != ReasoningEffort.None : null,
            Sampling = defaults with
            {
                Temperature = options?.Temperature ?? defaults.Temperature, TopP = options?.TopP ?? defaults.TopP, TopK = options?.TopK ?? defaults.TopK,
                PresencePenalty = options?.PresencePenalty ?? 0, FrequencyPenalty = options?.FrequencyPenalty ?? 0, Seed = (ulong?)options?.Seed,
            },
            Grammar = options?.ResponseFormat switch
            {
                ChatResponseFormatJson { Schema: { } schema } => JsonSchemaGrammar.From(schema),
                ChatResponseFormatJson => JsonSchemaGrammar.AnyObject,
                _ => null,
            },
            Stop = options?.StopSequences is { Count: > 0 } stop ? [.. stop] : [],
            MaxTokens = options?.MaxOutputTokens ?? 1024,
            Adapter = options?.ModelId is { } name && model.Engine.Info.Adapters.Contains(name) ? name : model.AdapterOf(course),
            Caller = course ?? "",
            TopLogProbs = options?.AdditionalProperties?.TryGetValue(TopLogProbs, out int count) == true ? count : null,
        };
    }

    private static ChatSide Side(ChatRole role) =>
        role == ChatRole.User ? ChatSide.User
        : role == ChatRole.Assistant ? ChatSide.Assistant
        : role == ChatRole.System ? ChatSide.System
        : throw new ArgumentException($"A message's role is \"{role}\"; the model knows system, user and assistant.");

    private static UsageDetails Usage(GenerationUsage usage) => new()
    {
        InputTokenCount = usage.PromptTokens, OutputTokenCount = usage.GeneratedTokens, TotalTokenCount = usage.PromptTokens + usage.GeneratedTokens,
        CachedInputTokenCount = usage.CachedTokens,
    };

    private static T? Property<T>(ChatOptions? options, string name) =>
        options?.AdditionalProperties?.TryGetValue(name, out T? value) == true ? value : default;
}
