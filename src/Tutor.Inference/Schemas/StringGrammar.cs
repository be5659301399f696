using System.Text.Json;

namespace Tutor.Inference.Schemas;

/// <summary>Strings: by length, by pattern or by a format.</summary>
internal static class StringGrammar
{
    private const string Date = @"[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])";
    private const string Time = @"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)";

    // Dates stop at the 28th: a grammar cannot count the days of a month. Validators refuse the year 0000.
    private static readonly Dictionary<string, string> formats = new()
    {
        ["date"] = $"^{Date}$", ["time"] = $"^{Time}$", ["date-time"] = $"^{Date}T{Time}$",
        ["uuid"] = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    };

    public static string Write(GrammarRules rules, SchemaNode node, string hint)
    {
        var (least, most) = (node.Count("minLength") ?? 0, node.Count("maxLength"));
        if (least > most) throw node.Unsupported("\"minLength\" is greater than \"maxLength\".");
        var limited = node.Has("minLength") || node.Has("maxLength");
        var pattern = node.Has("pattern") ? node["pattern"].GetString()
            : node.Has("format") && node["format"].ValueKind == JsonValueKind.String ? formats.GetValueOrDefault(node["format"].GetString()!) : null;
        if (pattern is not null && limited)
            throw node.Unsupported("\"minLength\" and \"maxLength\" beside \"pattern\" are not supported. Write the length into the pattern, such as \"^[a-z]{2,8}$\".");
        if (pattern is not null)
            return rules.Add(hint, $"\"\\\"\" {new PatternGrammar(pattern, node, rules).Write()} \"\\\"\"");
        return limited
            ? rules.Add(hint, $"\"\\\"\" {GrammarText.Repeat(rules.Common("char"), least, most)} \"\\\"\"")
            : rules.Common("string");
    }
}
