using System.Text.RegularExpressions;
using Tutor.Core.Evidence;

namespace Tutor.Core.Courses.Reading;

/// <summary>Reads <c>tests.yaml</c>.</summary>
internal static partial class TestsFile
{
    private const int LeastTimeout = 100;
    private const int MostTimeout = 20_000;
    private const int MostTests = 200;

    public static TestSuite Read(PackFolder folder, string path)
    {
        var file = folder.Require($"{path}/tests.yaml", "Write at least one public test there.");
        if (file is null || YamlFile.Read(file, "tests.yaml") is not { } map) return new();

        map.Allow("prelude", "timeout", "tests", "rules");
        if (!map.Has("tests")) map.Missing("tests");
        var ids = new HashSet<string>();
        var cases = map.Maps("tests", "a test").Select(test => ReadTest(test, ids)).ToList();
        if (map.Has("tests") && !cases.Any(c => c.Public)) map.Problem(map.LineOf("tests"), "No test is public.", "Add 'public: true' to at least one, so that students can see what is asked.");
        if (cases.Count > MostTests) map.Problem(map.LineOf("tests"), $"There are {cases.Count} tests; Tutor runs up to {MostTests}.", "Keep those that tell mistakes apart.");
        return new()
        {
            Prelude = map.TextOr("prelude", ""),
            TimeoutMilliseconds = map.Number("timeout", new TestSuite().TimeoutMilliseconds, LeastTimeout, MostTimeout),
            Cases = cases,
            Rules = ReadRules(map),
        };
    }

    private static TestCase ReadTest(YamlMap map, HashSet<string> ids)
    {
        map.Allow("id", "call", "expected", "raises", "tolerance", "public", "why");
        var test = new TestCase
        {
            Id = PackId.Read(map, ids, "a test"),
            Call = map.Text("call").Trim(),
            Expected = map.Has("expected") ? map.TextOr("expected", "None").Trim() : null,
            Raises = map.OptionalText("raises")?.Trim(),
            Tolerance = map.Decimal("tolerance", 0, 0, double.MaxValue),
            Public = map.Flag("public", false),
            Why = map.TextOr("why", "").Trim(),
        };

        if (test.Expected is null == test.Raises is null)
        {
            var both = test.Raises is not null;
            map.Problem(map.Line, $"Test '{test.Id}' has {(both ? "both expected and raises" : "neither expected nor raises")}.", both ? "Keep the one that is meant." : "Add 'expected: \"...\"' with a Python literal, or 'raises: ValueError'.");
        }
        else if (test.Expected is not null && !PythonLiteral.TryParse(test.Expected, out _, out var wrong))
        {
            map.Problem(map.LineOf("expected"), $"The expected value of '{test.Id}' is no Python literal: {wrong}.", "Write it as Python prints it with repr, in quotes for YAML: expected: \"[1, 'a']\".");
        }
        else if (test.Raises is not null && !ExceptionName().IsMatch(test.Raises))
        {
            map.Problem(map.LineOf("raises"), $"'{test.Raises}' is no name of an exception.", "Write only the type, for example ValueError.");
        }

        if (!test.Public && test.Why.Length == 0)
        {
            map.Problem(map.Line, $"The hidden test '{test.Id}' does not say what it is about.", "Add 'why: an empty list' or the like: it is all a student reads of it.");
        }

        return test;
    }

    private static List<CodeRule> ReadRules(YamlMap parent)
    {
        var ids = new HashSet<string>();
        var rules = new List<CodeRule>();
        foreach (var map in parent.Maps("rules", "a rule"))
        {
            map.Allow("id", "forbid", "message");
            var names = map.Texts("forbid");
            if (!map.Has("forbid")) map.Missing("forbid");
            else if (names.Count == 0) map.Problem(map.LineOf("forbid"), "The rule forbids nothing.", "List the names it forbids: forbid: [sort, sorted].");
            foreach (var (name, line) in names.Where(n => !Name().IsMatch(n.Value))) map.Problem(line, $"'{name}' is no name in Python.", "Write the name alone, or dotted as in math.factorial, without brackets.");
            rules.Add(new() { Id = PackId.Read(map, ids, "a rule"), Forbid = [.. names.Select(n => n.Value)], Message = map.Text("message").Trim() });
        }

        return rules;
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9_]*$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex ExceptionName();

    [GeneratedRegex(@"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Name();
}
