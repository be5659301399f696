using System.Text;
using System.Text.Json;

namespace Tutor.Core.Interactions.Notebooks;

/// <summary>What is special in a notebook's JSON.</summary>
internal static class NotebookJson
{
    private static readonly string[] noJson = ["NaN", "-Infinity", "Infinity"];

    /// <summary>Jupyter writes Python's not-a-number and infinities into outputs as they are, which JSON does not know; null takes their place.</summary>
    public static string WithoutNaN(string json)
    {
        if (!noJson.Any(n => json.Contains(n, StringComparison.Ordinal))) return json;

        var text = new StringBuilder(json.Length);
        var inString = false;
        for (var at = 0; at < json.Length; at++)
        {
            if (!inString && noJson.FirstOrDefault(n => string.CompareOrdinal(json, at, n, 0, n.Length) == 0) is { } found)
            {
                text.Append("null");
                at += found.Length - 1;
                continue;
            }

            text.Append(json[at]);
            if (json[at] == '"') inString = !inString;
            else if (inString && json[at] == '\\' && at + 1 < json.Length) text.Append(json[++at]);
        }

        return text.ToString();
    }

    /// <summary>What the kernel speaks, as the notebook says it; "python" where it says nothing.</summary>
    public static string Language(JsonElement notebook)
    {
        var metadata = Member(notebook, "metadata");
        var said = Text(Member(Member(metadata, "language_info"), "name")) ?? Text(Member(Member(metadata, "kernelspec"), "language"))
            ?? (Text(Member(Member(metadata, "kernelspec"), "name")) == "ir" ? "R" : "python");
        return said.Contains("python", StringComparison.OrdinalIgnoreCase) || said.Trim().Length == 0 ? "python" : said.Trim();
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
