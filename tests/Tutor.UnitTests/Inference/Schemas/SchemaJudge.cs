using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Tutor.UnitTests.Inference.Schemas;

/// <summary>Says whether JSON fits a schema, one question at a time: the library keeps schemas in dictionaries of the process that are not made for several threads.</summary>
internal static class SchemaJudge
{
    private static readonly Lock judging = new();
    private static readonly EvaluationOptions options = new() { RequireFormatValidation = true };

    public static JsonSchema Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        string apart = Apart(json.RootElement)!.ToJsonString();
        lock (judging) return JsonSchema.FromText(apart);
    }

    public static bool Fits(JsonSchema schema, JsonElement json)
    {
        var apart = JsonSerializer.SerializeToElement(Apart(json));
        lock (judging) return schema.Evaluate(apart, options).IsValid;
    }

    // A string is as long as it has code points (JSON Schema Validation 6.3); the library counts a letter and its accent, or the two
    // characters that end a line, as one. Each is therefore asked about as an ideograph of its own, which joins with nothing.
    private static JsonNode? Apart(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String: return Apart(json.GetString()!);
            case JsonValueKind.Array: return new JsonArray([.. json.EnumerateArray().Select(Apart)]);
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var member in json.EnumerateObject()) copy[Apart(member.Name)] = Apart(member.Value);
                return copy;
            default: return JsonNode.Parse(json.GetRawText());
        }
    }

    private static string Apart(string text) =>
        string.Concat(text.Replace('\r', '\v').EnumerateRunes().Select(rune => rune.IsAscii || Rune.IsWhiteSpace(rune) ? rune : new Rune(0x4E00 + rune.Value % 20_000)));
}
