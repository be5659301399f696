using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Tutor.Core;

namespace Tutor.Inference.Hosts.Wire;

/// <summary>One piece of an answer, read with as little faith in its form as it takes to find the text.</summary>
/// <remarks>Servers send null, fractions and nothing at all where OpenAI's own API has a number, which ends an answer in a strict client for no gain.</remarks>
internal sealed partial record ReplyChunk
{
    // More tokens than any prompt or hint has; a host that reports them is not believed.
    private const long MostTokens = 10_000_000;

    public string Text { get; private init; } = "";

    /// <summary>Characters of thoughts that came in a field of their own.</summary>
    public int Reasoning { get; private init; }

    /// <summary>As the host said it; null while the answer goes on.</summary>
    public string? Finish { get; private init; }

    /// <summary>The whole answer in one piece, from a server that does not stream.</summary>
    public bool IsWhole { get; private init; }
    public string? Model { get; private init; }
    public UsageDetails? Usage { get; private init; }

    /// <summary>What the host says went wrong in the middle of the answer.</summary>
    public HostRefusedException? Error { get; private init; }

    /// <exception cref="HostBrokeException">It is not JSON.</exception>
    public static IReadOnlyList<ReplyChunk> Read(ReadOnlyMemory<byte> data)
    {
        try
        {
            var chunks = new List<ReplyChunk>();
            var reader = new Utf8JsonReader(data.Span.TrimStart("\uFEFF"u8), new JsonReaderOptions { AllowMultipleValues = true, AllowTrailingCommas = true, MaxDepth = 32 });
            while (reader.Read())
            {
                using var document = JsonDocument.ParseValue(ref reader);
                chunks.Add(Read(document.RootElement));
            }
            return chunks;
        }
        catch (JsonException)
        {
            throw new HostBrokeException("It sent a chunk that is no JSON.");
        }
    }

    private static ReplyChunk Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return new();
        if (Field(root, "error") is { ValueKind: JsonValueKind.Object or JsonValueKind.String }) return new() { Error = Refusal.Of(0, root) };
        var choice = Field(root, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0 ? choices[0] : default;
        var message = Field(choice, "message");
        var part = message.ValueKind == JsonValueKind.Object ? message : Field(choice, "delta");
        return new()
        {
            Text = Content(Field(part, "content")) + JsonText.Of(Field(choice, "text")),
            Reasoning = JsonText.Of(Field(part, "reasoning_content")).Length + JsonText.Of(Field(part, "reasoning")).Length,
            Finish = Field(choice, "finish_reason") is { ValueKind: JsonValueKind.String } finish ? JsonText.Of(finish) : null,
            IsWhole = message.ValueKind == JsonValueKind.Object,
            Model = JsonText.Of(Field(root, "model")) is { } model && ModelName().IsMatch(model) ? model : null,
            Usage = ReadUsage(Field(root, "usage")),
        };
    }

    // A string, or a list of parts of which those with text count.
    private static string Content(JsonElement content) => content.ValueKind != JsonValueKind.Array
        ? JsonText.Of(content)
        : string.Concat(content.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? JsonText.Of(part) : JsonText.Of(Field(part, "text"))));

    private static UsageDetails? ReadUsage(JsonElement usage) =>
        Count(Field(usage, "prompt_tokens")) is { } input && Count(Field(usage, "completion_tokens")) is { } output && input > 0
            ? new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output, CachedInputTokenCount = Math.Min(input, Count(Field(Field(usage, "prompt_tokens_details"), "cached_tokens")) ?? 0) }
            : null;

    private static long? Count(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var count) && count is >= 0 and <= MostTokens ? (long)count : null;

    private static JsonElement Field(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    // It is shown, counted by and stored, so it may not be any text.
    [GeneratedRegex(@"^[\w.:/@+-]{1,100}$", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex ModelName();
}
