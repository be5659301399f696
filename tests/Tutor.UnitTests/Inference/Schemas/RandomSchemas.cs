using System.Text.Json.Nodes;
using CsCheck;

namespace Tutor.UnitTests.Inference.Schemas;

/// <summary>Random schemas of the supported kinds, whose values are all of limited length.</summary>
internal static class RandomSchemas
{
    private static readonly string[] names = ["a", "ab", "score", "why not", "é", "x\"y", "z\\"];

    public static Gen<JsonObject> Any(int depth) => depth == 0 ? Leaf : Gen.Int[0, 5].SelectMany(kind => kind switch
    {
        0 => Object(depth),
        1 => Array(depth),
        2 => AnyOf(depth),
        _ => Leaf,
    });

    private static Gen<JsonObject> Leaf => Gen.Int[0, 7].SelectMany(kind => kind switch
    {
        0 => Gen.Select(Gen.Int[-300, 300], Gen.Int[0, 2000]).Select((low, span) => new JsonObject { ["type"] = "integer", ["minimum"] = low, ["maximum"] = low + span }),
        1 => Gen.Int[-50, 50].Select(low => new JsonObject { ["type"] = "number", ["minimum"] = low }),
        2 => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 6]).Select((low, span) => new JsonObject { ["type"] = "string", ["minLength"] = low, ["maxLength"] = low + span }),
        3 => Gen.Const(0).Select(_ => new JsonObject { ["type"] = new JsonArray("boolean", "null") }),
        4 => Gen.Int[1, 3].Select(count => new JsonObject { ["enum"] = new JsonArray([.. names.Take(count).Select(name => JsonValue.Create(name))]) }),
        5 => Gen.Int[1, 4].Select(count => new JsonObject { ["type"] = "string", ["pattern"] = $"^[a-f]{{1,{count}}}(-\\d{{2}})?$" }),
        6 => Gen.Const(0).Select(_ => new JsonObject { ["type"] = "string", ["format"] = "date" }),
        _ => Gen.Const(0).Select(_ => new JsonObject { ["const"] = 7 }),
    });

    private static Gen<JsonObject> Object(int depth) =>
        Gen.Select(Any(depth - 1).Array[0, 4], Gen.Bool.Array[names.Length], Gen.Bool).Select((values, required, closed) =>
        {
            var properties = new JsonObject(values.Select((value, i) => KeyValuePair.Create<string, JsonNode?>(names[i], value)));
            var schema = new JsonObject
            {
                ["type"] = "object", ["properties"] = properties,
                ["required"] = new JsonArray([.. Enumerable.Range(0, values.Length).Where(i => required[i]).Select(i => JsonValue.Create(names[i]))]),
            };
            if (closed) schema["additionalProperties"] = false;
            return schema;
        });

    private static Gen<JsonObject> Array(int depth) =>
        Gen.Select(Any(depth - 1), Gen.Int[0, 2], Gen.Int[0, 3]).Select((item, least, more) =>
            new JsonObject { ["type"] = "array", ["items"] = item, ["minItems"] = least, ["maxItems"] = least + more });

    private static Gen<JsonObject> AnyOf(int depth) =>
        Any(depth - 1).Array[1, 3].Select(options => new JsonObject { ["anyOf"] = new JsonArray([.. options]) });
}
