using System.Text.Json;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests;

/// <summary>The rows of a public data set; the test that asks is skipped where the sets are not.</summary>
internal static class DataSet
{
    public static IReadOnlyList<JsonElement> Rows(string name)
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        return [.. SharedData.Lines(name + ".jsonl").Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    /// <summary>The field <c>text</c> of every row.</summary>
    public static IReadOnlyList<string> Texts(string name) => [.. Rows(name).Select(r => r.GetProperty("text").GetString()!)];
}
