using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Tutor.Inference.Hosts.Wire;

/// <summary>Writes a request in the form a host takes, as far as its habits are known.</summary>
internal static class ChatBody
{
    public static ReadOnlyMemory<byte> Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string model, HostHabits habits)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            WriteMessages(json, habits.SystemInUserTurn ? Folded(messages) : messages);
            if (habits.Takes(ChatFields.Stream))
            {
                json.WriteBoolean(ChatFields.Stream, true);
                if (habits.Takes(ChatFields.StreamOptions)) WriteStreamOptions(json);
            }
            WriteOptions(json, options, habits);
            // vLLM continues the last assistant message only when told so; most servers that do not know the fields ignore them.
            if (messages is [.., var last] && last.Role == ChatRole.Assistant)
            {
                if (habits.Takes(ChatFields.ContinueFinalMessage)) json.WriteBoolean(ChatFields.ContinueFinalMessage, true);
                if (habits.Takes(ChatFields.AddGenerationPrompt)) json.WriteBoolean(ChatFields.AddGenerationPrompt, false);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void WriteMessages(Utf8JsonWriter json, IEnumerable<ChatMessage> messages)
    {
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role.Value);
            json.WriteString("content", message.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteStreamOptions(Utf8JsonWriter json)
    {
        json.WriteStartObject(ChatFields.StreamOptions);
        json.WriteBoolean("include_usage", true);
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatOptions? options, HostHabits habits)
    {
        if (options?.Temperature is { } temperature && habits.Takes(ChatFields.Temperature)) json.WriteNumber(ChatFields.Temperature, temperature);
        if (options?.Seed is { } seed && habits.Takes(ChatFields.Seed)) json.WriteNumber(ChatFields.Seed, seed);
        // Older servers know the one, OpenAI's newer models the other, and a server passes over what it does not know or says so.
        if (options?.MaxOutputTokens is { } most)
        {
            if (habits.Takes(ChatFields.MaxTokens)) json.WriteNumber(ChatFields.MaxTokens, most);
            if (habits.Takes(ChatFields.MaxCompletionTokens)) json.WriteNumber(ChatFields.MaxCompletionTokens, most);
        }
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format && habits.Takes(ChatFields.ResponseFormat))
        {
            json.WriteStartObject(ChatFields.ResponseFormat);
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", format.SchemaName ?? "answer");
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            json.WriteBoolean("strict", true);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static IReadOnlyList<ChatMessage> Folded(IReadOnlyList<ChatMessage> messages)
    {
        var system = string.Join("\n\n", messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text));
        var rest = messages.Where(message => message.Role != ChatRole.System).ToList();
        var first = rest.FindIndex(message => message.Role == ChatRole.User);
        if (system.Length == 0) return messages;
        if (first < 0) return [new(ChatRole.User, system), .. rest];
        rest[first] = new(ChatRole.User, $"{system}\n\n{rest[first].Text}");
        return rest;
    }
}
