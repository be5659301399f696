using Tutor.Core.Courses;
using Tutor.Core.Guard.Python;
using Tutor.Core.Hints;

namespace Tutor.Core.Guard;

/// <summary>What the guard knows about the work a hint answers.</summary>
public sealed record GuardContext
{
    public required ExerciseKind Kind { get; init; }

    /// <summary>What programs are written in. Only Python is run; the rest is judged by its tokens, under the stricter limits.</summary>
    public CodeLanguage Language { get; init; } = CodeLanguage.Python;

    /// <summary>The student's program as given, or a copy of their text for comparing; LF is its only line end.</summary>
    public required string StudentText { get; init; }
    public string Starter { get; init; } = "";

    /// <summary>The task as students read it; quoting it is always allowed.</summary>
    public string Task { get; init; } = "";
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Names the tests call; code that defines one of them was written for this task.</summary>
    public IReadOnlyList<string> RequiredNames { get; init; } = [];

    /// <summary>Tests for splice-and-run; empty where nothing can be run.</summary>
    public TestSuite Tests { get; init; } = new();
    public required HintLevel AllowedLevel { get; init; }

    /// <summary>The policy lets the solution be discussed now: nothing is held back but marks of the prompt.</summary>
    public bool SolutionOpen { get; init; }

    /// <summary>What an exercise's author gave, together with one student's work on it.</summary>
    /// <param name="allowed">The highest level the policy allows.</param>
    public static GuardContext For(Exercise exercise, string studentText, HintLevel allowed) => new()
    {
        Kind = exercise.Kind,
        Language = CodeLanguage.Find(exercise.Language),
        StudentText = studentText,
        Starter = exercise.Starter,
        Task = exercise.Task,
        References = exercise.References,
        RequiredNames = exercise.Tests.Cases.Count > 0 ? CalledNames(exercise.Tests) : DefinedNames(exercise),
        Tests = exercise.Tests,
        AllowedLevel = allowed,
    };

    /// <summary>Where no test calls anything: the functions that a reference defines and the task names.</summary>
    private static IReadOnlyList<string> DefinedNames(Exercise exercise) =>
        [.. exercise.References.SelectMany(r => CodeLine.Read(r, language: CodeLanguage.Find(exercise.Language))).Select(l => CodeShape.DefinedName(l.Tokens)).OfType<string>()
            .Distinct().Where(n => exercise.Task.Contains(n, StringComparison.Ordinal))];

    /// <summary>The functions and classes the tests call that neither Python nor the prelude defines.</summary>
    public static IReadOnlyList<string> CalledNames(TestSuite tests)
    {
        var prelude = PythonLexer.Read(tests.Prelude).Select(t => t.Text).ToHashSet();
        return [.. tests.Cases.SelectMany(c => Called(PythonLexer.Read(c.Call))).Distinct().Where(n => !prelude.Contains(n) && !PythonNames.IsBuiltin(n))];
    }

    private static IEnumerable<string> Called(IReadOnlyList<PythonToken> tokens) =>
        tokens.Index().Where(x => x.Item.Kind == PythonTokenKind.Name && (x.Index == 0 || !tokens[x.Index - 1].Is("."))
            && x.Index + 1 < tokens.Count && tokens[x.Index + 1].Is("(")).Select(x => x.Item.Text);
}
