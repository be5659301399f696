using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>One object of a schema, with where it stands.</summary>
internal readonly record struct SchemaNode(JsonElement Schema, string Pointer)
{
    // What only describes, and so may stand beside anything.
    private static readonly string[] notes =
    [
        "title", "description", "default", "examples", "example", "deprecated", "readOnly", "writeOnly", "$comment", "$schema", "$id", "$anchor", "$defs", "definitions", "format",
    ];

    public JsonElement this[string keyword] => Schema.GetProperty(keyword);

    public bool Has(string keyword) => Schema.TryGetProperty(keyword, out _);

    public UnsupportedSchemaException Unsupported(string what) => new(Pointer, what);

    /// <exception cref="UnsupportedSchemaException">Beside the keyword stands another one that narrows the value.</exception>
    public void OnlyWith(string keyword)
    {
        foreach (var other in Schema.EnumerateObject())
            if (other.Name != keyword && other.Name != "type" && !notes.Contains(other.Name))
                throw Unsupported($"\"{other.Name}\" beside \"{keyword}\" is not supported. Write it inside each of the schemas \"{keyword}\" names.");
    }

    public IReadOnlyList<JsonElement> Array(string keyword) => this[keyword] is { ValueKind: JsonValueKind.Array } array
        ? [.. array.EnumerateArray()]
        : throw Unsupported($"\"{keyword}\" must be an array.");

    /// <returns>The types the value may have; guessed from the other keywords where none is named.</returns>
    public IReadOnlyList<string> Types()
    {
        if (!Has("type"))
            return Has("properties") || Has("additionalProperties") || Has("required") ? ["object"]
                : Has("items") || Has("prefixItems") || Has("minItems") || Has("maxItems") ? ["array"]
                : Has("pattern") || Has("minLength") || Has("maxLength") ? ["string"]
                : Has("minimum") || Has("maximum") || Has("exclusiveMinimum") || Has("exclusiveMaximum") ? ["number"]
                : ["any"];
        var types = this["type"].ValueKind == JsonValueKind.Array ? Array("type") : [this["type"]];
        if (types.Count == 0 || types.Any(type => type.ValueKind != JsonValueKind.String))
            throw Unsupported("\"type\" must be a name or a list of names.");
        return [.. types.Select(type => type.GetString()!).Distinct()];
    }

    /// <returns>A count such as <c>maxItems</c>; null where the schema has none.</returns>
    public int? Count(string keyword)
    {
        if (!Has(keyword)) return null;
        // The native grammar takes repetitions up to this.
        return this[keyword] is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count) && count is >= 0 and <= 2000
            ? count
            : throw Unsupported($"\"{keyword}\" must be a whole number from 0 to 2000.");
    }
}
