using System.Text.Json;
using Tutor.Inference.ChatTemplates;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Chat;

/// <summary>Reads the messages of a request.</summary>
internal static class MessageReader
{
    private const int MostMessages = 2_000;

    public static IReadOnlyList<ChatTurn> Read(RequestFields request)
    {
        if (request["messages"] is not { } messages)
            throw ApiException.Invalid("'messages' is required.", "messages", "missing_required_parameter");
        if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw ApiException.Invalid("'messages' must be an array of at least one message.", "messages", "invalid_type");
        if (messages.GetArrayLength() > MostMessages)
            throw ApiException.Invalid($"'messages' has {messages.GetArrayLength()} messages; this server reads up to {MostMessages}.", "messages", "out_of_range");
        return [.. messages.EnumerateArray().Select(Turn)];
    }

    private static ChatTurn Turn(JsonElement message, int index)
    {
        var place = $"messages[{index}]";
        if (message.ValueKind != JsonValueKind.Object)
            throw ApiException.Invalid($"'{place}' must be an object.", place, "invalid_type");
        var fields = new RequestFields(message);
        if (fields["tool_calls"] is not null || fields["function_call"] is not null)
            throw ApiException.Invalid($"'{place}' calls a tool; this server has none.", place, "unsupported_value");
        var side = fields.Text("role") switch
        {
            "system" or "developer" => ChatSide.System,
            "user" => ChatSide.User,
            "assistant" => ChatSide.Assistant,
            null => throw ApiException.Invalid($"'{place}.role' is required.", $"{place}.role", "missing_required_parameter"),
            var role => throw ApiException.Invalid($"'{role}' is not one of the roles system, developer, user, assistant.", $"{place}.role", "invalid_value"),
        };
        return new(side, Content(fields, place));
    }

    private static string Content(RequestFields message, string place) => message["content"] switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select((part, i) => Part(part, $"{place}.content[{i}]"))),
        _ => throw ApiException.Invalid($"'{place}.content' must be a string or an array of parts.", $"{place}.content", "invalid_type"),
    };

    private static string Part(JsonElement part, string place)
    {
        if (part.ValueKind != JsonValueKind.Object) throw ApiException.Invalid($"'{place}' must be an object.", place, "invalid_type");
        var fields = new RequestFields(part);
        return fields.Text("type") is "text"
            ? fields.Text("text") ?? throw ApiException.Invalid($"'{place}.text' is required.", $"{place}.text", "missing_required_parameter")
            : throw ApiException.Invalid($"'{place}' is of type '{fields.Text("type")}'; this server reads text only.", $"{place}.type", "unsupported_value");
    }
}
