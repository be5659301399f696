using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>Objects: the listed properties in their order, those that are not required left out or not, then additional ones.</summary>
internal sealed class ObjectGrammar(SchemaConverter schemas, GrammarRules rules)
{
    public string Write(SchemaNode node, string hint)
    {
        var listed = Listed(node);
        var required = Required(node);
        var others = Others(node, listed, required, hint);
        if (listed.Count == 0 && required.Count == 0 && others is null && !node.Has("properties") && !node.Has("additionalProperties"))
            return rules.Common("object");

        var pairs = listed.Select(property => Pair(GrammarText.JsonLiteral(Key(property.Name)), property.Value, $"{node.Pointer}/properties/{property.Name}", property.Name, node)).ToList();
        // A required property without a schema of its own may be anything.
        foreach (var name in required.Where(name => listed.All(property => property.Name != name)))
            pairs.Add(rules.Add($"{hint}-{name}", $"{GrammarText.JsonLiteral(Key(name))} {rules.Common("space")} \":\" {rules.Common("space")} {rules.Common("value")}"));
        var isRequired = listed.Select(property => required.Contains(property.Name)).Concat(Enumerable.Repeat(true, pairs.Count - listed.Count)).ToList();
        var space = rules.Common("space");
        return rules.Add(hint, $"\"{{\" {space} {Inside(pairs, isRequired, others, hint)} \"}}\"");
    }

    private string Inside(List<string> pairs, List<bool> required, string? others, string hint)
    {
        const string Comma = "\",\" space";
        var first = required.IndexOf(true);
        var tail = others is null ? "" : $" ({Comma} {others} space)*";
        if (first >= 0)
        {
            // Before the first required pair every optional one brings the comma after it; behind, the comma before it.
            var parts = pairs.Select((pair, i) =>
                i < first ? $"({pair} space {Comma})?" : i == first ? $"{pair} space" : required[i] ? $"{Comma} {pair} space" : $"({Comma} {pair} space)?");
            return string.Join(" ", parts) + tail;
        }
        // None is required: the first one that is there has no comma. Rules from the back keep this linear in the number of pairs.
        var choices = others is null ? new List<string>() : [$"{others} space{tail}"];
        var rest = tail;
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            choices.Insert(0, $"{pairs[i]} space{rest}");
            if (i > 0) rest = " " + rules.Add($"{hint}-rest", $"({Comma} {pairs[i]} space)?{rest}");
        }
        return choices.Count == 0 ? "" : $"({string.Join(" | ", choices)})?";
    }

    private string Pair(string key, JsonElement schema, string pointer, string name, SchemaNode node)
    {
        var value = schemas.ConvertInside(schema, pointer, name);
        return rules.Add($"{name}-pair", $"{key} {rules.Common("space")} \":\" {rules.Common("space")} {value}");
    }

    private string? Others(SchemaNode node, List<JsonProperty> listed, HashSet<string> required, string hint)
    {
        if (!node.Has("additionalProperties")) return null;
        var schema = node["additionalProperties"];
        if (schema.ValueKind == JsonValueKind.False) return null;
        var key = KeyGrammar.Except([.. listed.Select(property => property.Name), .. required]);
        return Pair(rules.Add($"{hint}-key", key), schema, $"{node.Pointer}/additionalProperties", $"{hint}-other", node);
    }

    private static List<JsonProperty> Listed(SchemaNode node)
    {
        if (!node.Has("properties")) return [];
        return node["properties"] is { ValueKind: JsonValueKind.Object } properties
            ? [.. properties.EnumerateObject()]
            : throw node.Unsupported("\"properties\" must be an object.");
    }

    private static HashSet<string> Required(SchemaNode node) =>
        node.Has("required")
            ? [.. node.Array("required").Select(name => name.ValueKind == JsonValueKind.String ? name.GetString()! : throw node.Unsupported("\"required\" must list names."))]
            : [];

    private static JsonElement Key(string name) => JsonSerializer.SerializeToElement(name);
}
