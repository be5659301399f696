using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tutor.Inference.Embedded;
using Tutor.ModelHost.Admission;
using Tutor.ModelHost.Chat;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Embeddings;

internal static class EmbeddingsEndpoint
{
    public static void MapEmbeddings(this WebApplication app) => app.MapPost("/v1/embeddings", EmbedAsync);

    private static async Task EmbedAsync(HttpContext http, EmbeddedModelLoader loader, RequestGate gate, IOptions<ServerOptions> options)
    {
        if (gate.IsDraining) throw RequestGate.Draining();
        var model = loader.Required();
        if (!model.Engine.Info.CanEmbed)
            throw new ApiException(501, "invalid_request_error", "This host gives no embeddings. Start it with Model:Embeddings set to true.", null, "not_supported");
        using var body = await RequestFields.ReadAsync(http.Request);
        var fields = new RequestFields(body.RootElement);
        var texts = Texts(fields, options.Value.MaxEmbeddingTexts);
        var (name, _) = ServedModel.Find(model, fields.Text("model"));
        var base64 = fields.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            var other => throw ApiException.Invalid($"'encoding_format' is '{other}'; it must be float or base64.", "encoding_format", "invalid_value"),
        };
        if (fields.Whole("dimensions", 1, int.MaxValue) is { } asked && asked != model.Engine.Info.EmbeddingSize)
            throw ApiException.Invalid($"'dimensions' must be {model.Engine.Info.EmbeddingSize}, the length of this model's vectors.", "dimensions", "out_of_range");

        using var visit = gate.Enter(0);
        var vectors = await model.Engine.EmbedAsync(texts, http.RequestAborted);
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteString("model", name);
        json.WriteStartArray("data");
        for (var index = 0; index < vectors.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", index);
            if (base64)
                // OpenAI's form: the numbers' bytes, little-endian.
                json.WriteBase64String("embedding", MemoryMarshal.AsBytes(vectors[index].Vector.Span));
            else
                Numbers(json, vectors[index].Vector.Span);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        var tokens = vectors.Sum(vector => vector.Tokens);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, ReadOnlySpan<float> vector)
    {
        json.WriteStartArray("embedding");
        foreach (var number in vector) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static IReadOnlyList<string> Texts(RequestFields fields, int most)
    {
        IReadOnlyList<string> texts = fields["input"] switch
        {
            null => throw ApiException.Invalid("'input' is required.", "input", "missing_required_parameter"),
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several when several.GetArrayLength() > 0 && several.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String)
                => [.. several.EnumerateArray().Select(text => text.GetString()!)],
            _ => throw ApiException.Invalid("'input' must be a string or an array of strings.", "input", "invalid_type"),
        };
        if (texts.Any(text => text.Length == 0)) throw ApiException.Invalid("'input' must not be empty.", "input", "invalid_value");
        return texts.Count <= most ? texts : throw ApiException.Invalid($"'input' has {texts.Count} texts; this server takes {most} at once.", "input", "out_of_range");
    }
}
