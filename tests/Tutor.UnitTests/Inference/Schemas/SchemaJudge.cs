using System.Text.Json;
using Json.Schema;

namespace Tutor.UnitTests.Inference.Schemas;

/// <summary>Says whether JSON fits a schema, one question at a time: the library keeps schemas in dictionaries of the process that are not made for several threads.</summary>
internal static class SchemaJudge
{
    private static readonly Lock judging = new();
    private static readonly EvaluationOptions options = new() { RequireFormatValidation = true };

    public static JsonSchema Read(string text)
    {
        lock (judging) return JsonSchema.FromText(text);
    }

    public static bool Fits(JsonSchema schema, JsonElement json)
    {
        lock (judging) return schema.Evaluate(json, options).IsValid;
    }
}
