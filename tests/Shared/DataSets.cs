using System.Text.Json;

namespace Tutor.Tests.Shared;

/// <summary>Rows of the public data sets, for tests and measurements alike.</summary>
internal static class DataSets
{
    private static readonly string[] workSets =
        ["code_refactory_wrong", "code_refactory_correct", "code_pydex_pairs", "hints_socratic_debugging", "writing_mohler_cs_short_answers"];

    public static IReadOnlyList<JsonElement> Rows(string name) => [.. SharedData.Lines(name + ".jsonl").Select(line => JsonDocument.Parse(line).RootElement.Clone())];

    /// <summary>The field <c>text</c> of every row, or of those with a label.</summary>
    public static IReadOnlyList<string> Texts(string name, string? label = null) =>
        [.. Rows(name).Where(r => label is null || r.GetProperty("label").GetString() == label).Select(r => r.GetProperty("text").GetString()!)];

    /// <summary>What students handed in: programs, right and wrong, and short answers.</summary>
    public static IReadOnlyList<string> Works() =>
    [
        .. workSets.SelectMany(Rows).SelectMany(r => r.EnumerateObject()).Where(p => p.Value.ValueKind == JsonValueKind.String)
            .Select(p => p.Value.GetString()!).Where(t => t.Length > 30),
    ];
}
