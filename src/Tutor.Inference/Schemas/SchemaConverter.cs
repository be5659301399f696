using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>Walks a schema and writes a rule for each of its parts.</summary>
internal sealed class SchemaConverter(JsonElement document, GrammarRules rules)
{
    private const int MaxDepth = 64;
    // A hostile schema must not cost the host its memory; real ones stay far below.
    private const int MaxSize = 400_000;

    private static readonly string[] unsupported =
    [
        "not", "if", "then", "else", "patternProperties", "propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies",
        "contains", "minContains", "maxContains", "unevaluatedProperties", "unevaluatedItems", "multipleOf", "$dynamicRef", "$recursiveRef",
    ];

    private readonly Dictionary<string, string> referred = [];
    // References followed since the last bracket: meeting one of them again would be a rule that begins with itself.
    private HashSet<string> open = [];
    private int depth;

    /// <returns>The name of a rule, or a terminal, for one value that fits.</returns>
    public string Convert(JsonElement schema, string pointer, string hint)
    {
        if (++depth > MaxDepth) throw new UnsupportedSchemaException(pointer, $"The schema is nested deeper than {MaxDepth}.");
        if (rules.Size > MaxSize) throw new UnsupportedSchemaException(pointer, "The schema is too large.");
        var rule = schema.ValueKind switch
        {
            JsonValueKind.True => rules.Common("value"),
            JsonValueKind.False => throw new UnsupportedSchemaException(pointer, "\"false\" allows no value."),
            JsonValueKind.Object => ConvertObject(new(schema, pointer), hint),
            _ => throw new UnsupportedSchemaException(pointer, "A schema must be an object or a boolean."),
        };
        depth--;
        return rule;
    }

    /// <summary>Converts the schema of a part that stands behind a bracket.</summary>
    public string ConvertInside(JsonElement schema, string pointer, string hint)
    {
        var before = open;
        open = [];
        var rule = Convert(schema, pointer, hint);
        open = before;
        return rule;
    }

    private string ConvertObject(SchemaNode node, string hint)
    {
        if (unsupported.FirstOrDefault(node.Has) is { } keyword)
            throw node.Unsupported($"\"{keyword}\" is not supported. Leave it out and check the value after it was read.");
        if (node.Has("uniqueItems") && node["uniqueItems"].ValueKind == JsonValueKind.True)
            throw node.Unsupported("\"uniqueItems\" is not supported. Leave it out and check the value after it was read.");
        if (node.Has("$ref")) return Refer(node, hint);
        if (node.Has("const")) return GrammarText.JsonLiteral(node["const"]);
        if (node.Has("enum"))
        {
            var values = node.Array("enum");
            if (values.Count == 0) throw node.Unsupported("\"enum\" lists no value.");
            return rules.Add(hint, string.Join(" | ", values.Select(GrammarText.JsonLiteral)));
        }
        foreach (var choice in new[] { "anyOf", "oneOf" })
        {
            if (!node.Has(choice)) continue;
            node.OnlyWith(choice);
            var options = node.Array(choice);
            if (options.Count == 0) throw node.Unsupported($"\"{choice}\" lists no schema.");
            return rules.Add(hint, string.Join(" | ", options.Select((option, i) => Convert(option, $"{node.Pointer}/{choice}/{i}", $"{hint}-{i}")).Distinct()));
        }
        if (node.Has("allOf"))
        {
            node.OnlyWith("allOf");
            return node.Array("allOf") is [var one]
                ? Convert(one, $"{node.Pointer}/allOf/0", hint)
                : throw node.Unsupported("\"allOf\" of more than one schema is not supported. Write the properties into one schema.");
        }
        var types = node.Types();
        return types is [var type]
            ? Typed(type, node, hint)
            : rules.Add(hint, string.Join(" | ", types.Select(each => Typed(each, node, $"{hint}-{each}"))));
    }

    private string Typed(string type, SchemaNode node, string hint) => type switch
    {
        "object" => new ObjectGrammar(this, rules).Write(node, hint),
        "array" => new ArrayGrammar(this, rules).Write(node, hint),
        "string" => StringGrammar.Write(rules, node, hint),
        "integer" => NumberGrammar.Integer(rules, node, hint),
        "number" => NumberGrammar.Number(rules, node, hint),
        "boolean" or "null" => rules.Common(type),
        "any" => rules.Common("value"),
        _ => throw node.Unsupported($"There is no type \"{type}\"."),
    };

    private string Refer(SchemaNode node, string hint)
    {
        node.OnlyWith("$ref");
        var target = node["$ref"].ValueKind == JsonValueKind.String ? node["$ref"].GetString()! : "";
        if (!target.StartsWith('#'))
            throw node.Unsupported($"\"$ref\" must point into the same document, such as \"#/$defs/name\"; \"{target}\" does not.");
        if (!open.Add(target))
            throw node.Unsupported($"\"{target}\" refers to itself without a value in between.");
        if (!referred.TryGetValue(target, out var rule))
        {
            referred[target] = rule = rules.Reserve(target.Split('/')[^1] is { Length: > 0 } last ? last : hint);
            rules.Define(rule, Convert(Resolve(target, node), target[1..], $"{rule}-value"));
        }
        open.Remove(target);
        return rule;
    }

    private JsonElement Resolve(string target, SchemaNode node)
    {
        var found = document;
        foreach (var part in target[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = found.ValueKind switch
            {
                JsonValueKind.Object when found.TryGetProperty(name, out var inside) => inside,
                JsonValueKind.Array when int.TryParse(name, out var index) && index >= 0 && index < found.GetArrayLength() => found[index],
                _ => throw node.Unsupported($"\"{target}\" points to nothing."),
            };
        }
        return found;
    }
}
