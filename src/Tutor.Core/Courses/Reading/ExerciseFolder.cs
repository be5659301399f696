using System.Globalization;
using System.Text.RegularExpressions;
using Tutor.Core.Guard.Python;
using Tutor.Core.Hints;
using Tutor.Core.Times;

namespace Tutor.Core.Courses.Reading;

/// <summary>Reads one folder under <c>exercises/</c>.</summary>
internal static partial class ExerciseFolder
{
    /// <returns>Null, with problems noted, when <c>exercise.md</c> cannot be read at all.</returns>
    public static Exercise? Read(PackFolder folder, string id, HintPolicy coursePolicy, IReadOnlyList<Criterion> rubric, CourseTime? time)
    {
        var path = $"exercises/{id}";
        var file = folder.Require($"{path}/exercise.md", "Write the task with its front matter there.");
        if (file is null || FrontMatter.Read(file) is not var (head, task)) return null;

        var exercise = ReadHead(head, id, coursePolicy, time) with { Task = task };
        if (task.Trim().Length == 0) file.Problem(1, "The task itself is empty.", "Write it in Markdown below the front matter.");

        var code = exercise.Kind == ExerciseKind.Code;
        var extension = code ? CodeLanguage.Find(exercise.Language).Extension : "md";
        var references = References(folder, path, extension, code && exercise.Language == CodeLanguage.Python.Name);
        exercise = exercise with
        {
            Starter = folder.Read($"{path}/starter.{extension}")?.Text ?? "",
            References = references,
            Tests = extension == CodeLanguage.Python.Extension ? TestsFile.Read(folder, path) : new(),
        };
        return exercise with { Ladder = HintsFile.Read(folder, path, exercise, exercise.Policy ?? coursePolicy, rubric) };
    }

    private static Exercise ReadHead(YamlMap head, string id, HintPolicy coursePolicy, CourseTime? time)
    {
        head.Allow("title", "kind", "language", "summary", "effort", "due", "words", "policy");
        var code = ReadKind(head) == ExerciseKind.Code;
        return new()
        {
            Id = id,
            Title = head.Text("title").Trim(),
            Kind = code ? ExerciseKind.Code : ExerciseKind.Writing,
            Language = ReadLanguage(head, code),
            Summary = head.TextOr("summary", "").Trim(),
            Effort = head.TextOr("effort", "").Trim(),
            Due = head.Moment("due", time),
            Words = ReadWords(head, code),
            Policy = head.Has("policy") ? ReadPolicy(head, coursePolicy, code) : null,
            Task = "",
        };
    }

    private static HintPolicy ReadPolicy(YamlMap head, HintPolicy coursePolicy, bool code)
    {
        var policy = CourseFile.ReadPolicy(head, coursePolicy);
        if (head.Map("policy", "the policy") is not { } map || !map.Has("solution")) return policy;
        if (policy.Solution == SolutionTalk.AfterDue && !head.Has("due"))
            map.Problem(map.LineOf("solution"), "The solution may be discussed after a due date the exercise does not have.", "Add a line 'due: 2027-03-01T23:59:00Z' to the front matter, or write 'solution: never'.");
        if (policy.Solution == SolutionTalk.AfterPass && !code)
            map.Problem(map.LineOf("solution"), "A text passes no tests, so its model answer would never be discussed.", "Write 'solution: after-due', or 'solution: never'.");
        return policy;
    }

    private static ExerciseKind ReadKind(YamlMap head)
    {
        string[] kinds = ["code", "writing"];
        var kind = head.Text("kind");
        if (kind.Length > 0 && !kinds.Contains(kind)) head.Problem(head.LineOf("kind"), $"'{kind}' is no kind of exercise.", DidYouMean.Advise(kind, kinds));
        return kind == "writing" ? ExerciseKind.Writing : ExerciseKind.Code;
    }

    private static string ReadLanguage(YamlMap head, bool code)
    {
        if (!code)
        {
            if (head.Has("language")) head.Problem(head.LineOf("language"), "A writing exercise has no programming language.", "Remove the line.");
            return "";
        }

        var language = head.Text("language");
        string[] known = [.. CodeLanguage.All.Select(l => l.Name)];
        if (language.Length > 0 && !known.Contains(language)) head.Problem(head.LineOf("language"), $"Tutor does not know the language '{language}'.", DidYouMean.Advise(language, known));
        return language;
    }

    private static WordRange? ReadWords(YamlMap head, bool code)
    {
        if (head.Map("words", "the word range") is not { } words) return null;

        words.Allow("least", "most");
        if (code) words.Problem(words.Line, "Only writing exercises ask for a number of words.", "Remove 'words'.");
        if (!words.Has("least")) words.Missing("least");
        if (!words.Has("most")) words.Missing("most");
        var range = new WordRange(words.Number("least", 100, 1, 100_000), words.Number("most", 100_000, 1, 100_000));
        if (range.Least > range.Most) words.Problem(words.Line, $"The least number of words, {range.Least}, is above the most, {range.Most}.", "Swap them.");
        return range;
    }

    private static List<string> References(PackFolder folder, string path, string extension, bool tested)
    {
        var first = $"reference.{extension}";
        var code = extension != "md";
        var names = code
            ? folder.FileNames(path).Where(n => Reference().Match(n) is { Success: true } m && m.Groups["extension"].Value == extension).OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal).ToList()
            : [.. folder.FileNames(path).Where(n => n == first)];
        if (!names.Contains(first)) folder.Problems.Add($"{path}/{first}", 1, "The exercise has no reference.", tested ? "Write a solution that passes the tests." : "Write a model answer; it is never shown to students.");

        string[] others = [.. new[] { "exercise.md", $"starter.{extension}", "tests.yaml", "hints.yaml", first }.Where(n => tested || n != "tests.yaml")];
        folder.OnlyFiles(path, [.. others.Union(names)], $"An exercise of this kind has {string.Join(", ", others)}.");

        var texts = names.Select(n => folder.Read($"{path}/{n}")).OfType<PackText>().ToList();
        foreach (var empty in texts.Where(t => t.Text.Trim().Length == 0)) empty.Problem(1, "The reference is empty.", "Write it, or remove the file.");
        return [.. texts.Select(t => t.Text)];
    }

    [GeneratedRegex(@"^reference(-([2-9]|[1-9][0-9]))?\.(?<extension>[a-z]+)$", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Reference();
}
