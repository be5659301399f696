using System.Text.RegularExpressions;

namespace Tutor.Core.Courses.Reading;

/// <summary>Ids of courses, exercises, tests, rules, misconceptions, criteria and people: they are parts of URLs and of file names.</summary>
internal static partial class PackId
{
    private const int Longest = 60;

    public static bool IsGood(string id) => id.Length <= Longest && Pattern().IsMatch(id);

    /// <summary>Reads the id of one entry, notes a bad or repeated one.</summary>
    public static string Read(YamlMap map, HashSet<string> seen, string what)
    {
        var id = map.Text("id");
        if (id.Length > 0) Check(id, seen, what, (message, fix) => map.Problem(map.LineOf("id"), message, fix));
        return id;
    }

    public static void Check(string id, HashSet<string> seen, string what, Action<string, string> problem)
    {
        if (!IsGood(id)) problem($"'{id}' is no id for {what}.", $"Use lower-case letters, digits and hyphens, at most {Longest}.");
        else if (!seen.Add(id)) problem($"'{id}' is the id of more than one {what[(what.IndexOf(' ', StringComparison.Ordinal) + 1)..]}.", "Give each an id of its own.");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Pattern();
}
