using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using TestResult = Tutor.Core.Evidence.TestResult;

namespace Tutor.UnitTests.Hints;

/// <summary>A small exercise with a ladder, and what running programs on it may show.</summary>
internal static class LadderCases
{
    public const string Program = "def average(numbers):\n    return sum(numbers) / len(numbers)\n";

    public static readonly TestResult Two = new() { TestId = "two", Call = "average([1, 2])", Public = true, Why = "two numbers", Outcome = TestOutcome.Passed, Expected = "1.5", Actual = "1.5" };
    public static readonly TestResult Empty = new() { TestId = "empty-list", Call = "average([])", Public = true, Why = "an empty list", Outcome = TestOutcome.Exception, Expected = "None", ExceptionType = "ZeroDivisionError", ExceptionMessage = "division by zero", Line = 2 };
    public static readonly TestResult Secret = new() { TestId = "secret", Call = "average([9, 8, 7])", Public = false, Why = "three odd numbers", Outcome = TestOutcome.WrongValue, Expected = "8.0", Actual = "777" };

    public static RunEvidence Ran(params TestResult[] results) => new() { State = EvidenceState.Ran, Results = results };

    public static RunEvidence Failed(string exception, int? line) => new() { State = EvidenceState.LoadFailed, ExceptionType = exception, Line = line, Results = [Two with { Outcome = TestOutcome.NotRun, Actual = "" }] };

    public static Misconception Misconception(string id, params Signature[] signatures) => new()
    {
        Id = id, Title = id, Signatures = signatures,
        Hints = HintLevels.All.ToDictionary(l => l, l => $"{id} at {HintLevels.NameOf(l)}"),
    };

    public static Exercise Exercise(params Misconception[] misconceptions) => new()
    {
        Id = "average", Title = "Average", Kind = ExerciseKind.Code, Language = "python", Task = "Write average.",
        Ladder = new() { Misconceptions = misconceptions },
    };

    public static LadderHint Write(
        Exercise exercise, RunEvidence evidence, HintLevel level = HintLevel.Nudge, string work = Program, string? previous = null, HintLevel highest = HintLevel.PseudoCode, IReadOnlyList<Criterion>? rubric = null,
        IReadOnlyList<LadderHint>? said = null) =>
        LadderWriter.Write(new()
        {
            Exercise = exercise, Policy = new() { HighestLevel = highest }, Evidence = evidence, Work = work, Level = level, Rubric = rubric ?? [],
            Thread =
            [
                .. (said ?? []).Select(hint => Turn(work, hint.MisconceptionId) with { Answer = hint.Text, Level = hint.Level }),
                .. previous is null ? [] : new[] { Turn(work, previous) },
            ],
        });

    private static ThreadTurn Turn(string work, string? misconception) => new() { InteractionId = "i", Kind = "hint", Level = HintLevel.Nudge, Work = work, MisconceptionId = misconception, AskedAt = 1 };
}
