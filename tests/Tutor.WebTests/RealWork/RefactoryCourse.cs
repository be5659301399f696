using System.Text;
using System.Text.Json;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.RealWork;

/// <summary>Real student programs for three assignments (NUS refactory, ASE'19), as a course pack in a temporary folder.</summary>
public sealed class RefactoryCourse
{
    public const string Id = "refactory";

    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private RefactoryCourse(string folder, IReadOnlyList<Assignment> assignments)
    {
        Folder = folder;
        Assignments = assignments;
    }

    /// <summary>Holds the pack's folder; what a portal takes as its courses.</summary>
    public string Folder { get; }
    public IReadOnlyList<Assignment> Assignments { get; }

    /// <summary>Writes the pack, or skips the running test with a message where the data is absent.</summary>
    public static RefactoryCourse WriteOrSkip(int students)
    {
        Assert.SkipWhen(Repository.SharedData is null, "The shared data sets are not beside this checkout (../shared/data).");
        var assignments = ReadLines<Assignment>("code_refactory_assignments.jsonl");
        var folder = Directory.CreateTempSubdirectory("tutor-refactory-").FullName;
        var pack = Path.Combine(folder, Id);
        Write(pack, "course.yaml",
            $"""
            name: Programming methodology
            term: Test
            description: Real programs.
            people:
            {string.Concat(Enumerable.Range(1, students).Select(n => $"  - {{ id: {StudentId(n)}, name: Student {n}, role: student }}\n"))}
            policy: {"{ highest-level: pseudo-code }"}
            quota: {"{ hints-per-day: 2000 }"}
            exercises: [{string.Join(", ", assignments.Select(a => a.ExerciseId))}]
            """);
        Write(pack, "prompt.md", "You are a tutor. Give a hint, never the answer.\n");
        Write(pack, "rubric.md", "# Rubric\n\n## correct: Gives the right value\nEvery test passes.\n\n- **Strong**: all tests pass\n- **Weak**: tests fail\n");
        foreach (var assignment in assignments)
            WriteExercise(Path.Combine(pack, "exercises", assignment.ExerciseId), assignment);
        return new(folder, assignments);
    }

    public static string StudentId(int number) => $"student-{number}";

    /// <summary>An even, repeatable sample of the wrong programs, spread over assignments and kinds of failure.</summary>
    public static IReadOnlyList<StudentProgram> StudentPrograms(int count)
    {
        var groups = ReadLines<StudentProgram>("code_refactory_wrong.jsonl")
            .GroupBy(p => (p.Assignment, p.FirstFailure)).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal)
            .Select(g => new Queue<StudentProgram>(g)).ToList();
        var sample = new List<StudentProgram>();
        while (sample.Count < count && groups.Any(g => g.Count > 0))
            sample.AddRange(groups.Where(g => g.Count > 0).Take(count - sample.Count).Select(g => g.Dequeue()));
        return sample;
    }

    private static void WriteExercise(string folder, Assignment assignment)
    {
        Write(folder, "exercise.md", $"---\ntitle: {assignment.Title}\nkind: code\nlanguage: python\nsummary: {assignment.Title}\n---\n{assignment.Statement}\n");
        Write(folder, "reference.py", assignment.ReferenceSolution + "\n");
        var tests = new StringBuilder();
        if (assignment.Prelude.Length > 0)
            tests.Append("prelude: |\n").Append(string.Concat(assignment.Prelude.Split('\n').Select(line => $"  {line}\n")));
        tests.Append("tests:\n");
        foreach (var test in assignment.Tests)
            tests.Append($"  - {{ id: t{test.Id}, call: {Quote(test.Call)}, expected: {Quote(test.Expected)}, public: true }}\n");
        if (assignment.ForbiddenNames.Length > 0)
            tests.Append($"rules:\n  - {{ id: by-hand, forbid: [{string.Join(", ", assignment.ForbiddenNames)}], message: Write it without {string.Join(" or ", assignment.ForbiddenNames)}. }}\n");
        Write(folder, "tests.yaml", tests.ToString());
        Write(folder, "hints.yaml",
            """
            otherwise:
              nudge: Run {call} in your head, one line at a time.
              concept: A function must give the right value for every input the task allows, not only for the example.
              location: Follow {call} through your program and find the first line whose value surprises you.
              example: Make a table with a column for each variable and a row for each pass of the loop, then fill it in for a small input.
              pseudo-code: Say in words what must happen for the smallest input, then for one more element, then for any number.

            """);
    }

    private static void Write(string folder, string name, string text)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), text);
    }

    // A JSON string is a YAML double-quoted scalar.
    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static List<T> ReadLines<T>(string file) =>
        [.. File.ReadLines(Path.Combine(Repository.SharedData!, file)).Select(line => JsonSerializer.Deserialize<T>(line, json)!)];
}

public sealed record Assignment
{
    [System.Text.Json.Serialization.JsonPropertyName("assignment")]
    public required string ExerciseId { get; init; }
    public required string Title { get; init; }
    public required string Statement { get; init; }
    public required string Prelude { get; init; }
    public required string ReferenceSolution { get; init; }
    public required IReadOnlyList<AssignmentTest> Tests { get; init; }

    /// <summary>The unstated rules of the graders, as the data set's notes give them.</summary>
    public string[] ForbiddenNames => ExerciseId switch
    {
        "refactory-q3" => ["OrderedDict"],
        "refactory-q4" => ["sort", "sorted"],
        _ => [],
    };
}

public sealed record AssignmentTest(string Id, string Call, string Expected);

public sealed record StudentProgram
{
    public required string Id { get; init; }
    public required string Assignment { get; init; }
    public required string Code { get; init; }

    /// <summary>wrong, error, timeout, or null where every test passes and only a rule is broken.</summary>
    public string? FirstFailure { get; init; }
}
