using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>Arrays: first the items each with a schema of its own, then any number of equal ones.</summary>
internal sealed class ArrayGrammar(SchemaConverter schemas, GrammarRules rules)
{
    public string Write(SchemaNode node, string hint)
    {
        if (node.Has("items") && node["items"].ValueKind == JsonValueKind.Array)
            throw node.Unsupported("\"items\" must be one schema. Use \"prefixItems\" for items that differ.");
        var (least, most) = (node.Count("minItems") ?? 0, node.Count("maxItems"));
        if (least > most) throw node.Unsupported("\"minItems\" is greater than \"maxItems\".");
        var space = rules.Common("space");
        var fixedItems = node.Has("prefixItems")
            ? node.Array("prefixItems").Select((item, i) => schemas.ConvertInside(item, $"{node.Pointer}/prefixItems/{i}", $"{hint}-{i}")).ToList()
            : [];
        var noMore = node.Has("items") && node["items"].ValueKind == JsonValueKind.False;
        // Like additional properties, items beyond the listed ones come only where the schema speaks of them.
        var item = noMore || (fixedItems.Count > 0 && !node.Has("items")) ? null
            : node.Has("items") ? schemas.ConvertInside(node["items"], $"{node.Pointer}/items", $"{hint}-item") : rules.Common("value");
        if (item is null) most = Math.Min(most ?? fixedItems.Count, fixedItems.Count);
        if (least > most) throw node.Unsupported($"\"minItems\" asks for more items than have a schema.");
        return rules.Add(hint, $"\"[\" {space} {Inside(fixedItems, item, least, most)} \"]\"");
    }

    private static string Inside(List<string> fixedItems, string? item, int least, int? most)
    {
        if (most == 0) return "";
        if (fixedItems.Count == 0)
        {
            var more = GrammarText.Repeat($"(\",\" space {item} space)", Math.Max(0, least - 1), most - 1);
            return least == 0 ? $"({item} space {more})?" : $"{item} space {more}";
        }
        // From the back: each further item stands inside the optional part of the one before.
        var used = fixedItems.Take(most ?? int.MaxValue).ToList();
        var tail = item is null || most <= used.Count ? "" : $" {GrammarText.Repeat($"(\",\" space {item} space)", Math.Max(0, least - used.Count), most - used.Count)}";
        for (var i = used.Count - 1; i >= 0; i--)
        {
            var one = $"{(i > 0 ? "\",\" space " : "")}{used[i]} space{tail}";
            tail = i < least ? $" {one}" : $" ({one})?";
        }
        return tail.TrimStart();
    }
}
