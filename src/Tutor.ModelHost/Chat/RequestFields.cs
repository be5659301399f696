using System.Text.Json;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Chat;

/// <summary>Reads the fields of a request's JSON; what is of the wrong kind or out of range is an error that names the field.</summary>
internal readonly struct RequestFields(JsonElement body)
{
    public JsonElement? this[string name] => body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <exception cref="ApiException">The request is not a JSON object.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request)
    {
        try
        {
            var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            if (body.RootElement.ValueKind == JsonValueKind.Object) return body;
            body.Dispose();
            throw ApiException.Invalid("The request must be a JSON object.");
        }
        catch (JsonException error)
        {
            throw ApiException.Invalid($"We could not parse the JSON body of your request: {error.Message}", null, "invalid_json");
        }
    }

    public string? Text(string name) => this[name] switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw ApiException.Invalid($"'{name}' must be a string.", name, "invalid_type"),
    };

    public bool? Flag(string name) => this[name] switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw ApiException.Invalid($"'{name}' must be true or false.", name, "invalid_type"),
    };

    public int? Whole(string name, int least, int most)
    {
        if (this[name] is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
            throw ApiException.Invalid($"'{name}' must be a whole number.", name, "invalid_type");
        return number >= least && number <= most ? number : throw OutOfRange(name, least, most);
    }

    public float? Number(string name, float least, float most)
    {
        if (this[name] is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number)
            throw ApiException.Invalid($"'{name}' must be a number.", name, "invalid_type");
        var number = value.GetSingle();
        return number >= least && number <= most ? number : throw OutOfRange(name, least, most);
    }

    public RequestFields? Object(string name) => this[name] switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new RequestFields(value),
        _ => throw ApiException.Invalid($"'{name}' must be an object.", name, "invalid_type"),
    };

    private static ApiException OutOfRange(string name, double least, double most) =>
        ApiException.Invalid($"'{name}' must be from {least} to {most}.", name, "out_of_range");
}
