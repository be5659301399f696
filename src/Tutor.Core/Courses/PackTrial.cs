using Tutor.Core.Evidence;

namespace Tutor.Core.Courses;

/// <summary>Runs a pack's references and starters against its tests: a test that the instructor's own solution fails would send every student astray.</summary>
public sealed class PackTrial(ICodeRunner runner)
{
    private readonly EvidenceCollector _evidence = new(runner);

    /// <returns>Empty when everything holds, and where programs cannot be run (<see cref="ICodeRunner.OffReason"/>).</returns>
    /// <exception cref="SandboxUnavailableException">The sandbox failed or was overloaded; try again later.</exception>
    public async Task<IReadOnlyList<PackProblem>> CheckAsync(CoursePack pack, CancellationToken cancel)
    {
        var problems = new List<PackProblem>();
        foreach (var exercise in pack.Exercises.Where(e => e.Kind == ExerciseKind.Code))
        {
            for (var i = 0; i < exercise.References.Count; i++)
            {
                var file = $"exercises/{exercise.Id}/{(i == 0 ? "reference.py" : $"reference-{i + 1}.py")}";
                if (await RunAsync(exercise, exercise.References[i], cancel) is { } shown) problems.AddRange(ProblemsOf(file, shown));
            }

            if (exercise.Starter.Trim().Length > 0 && await RunAsync(exercise, exercise.Starter, cancel) is { AllPassed: true })
            {
                problems.Add(new($"exercises/{exercise.Id}/starter.py", 1, "The starter already passes every test.", "Take the solution out of it, or add a test that it fails."));
            }
        }

        return problems;
    }

    /// <returns>Null where programs are not run here.</returns>
    private async Task<RunEvidence?> RunAsync(Exercise exercise, string program, CancellationToken cancel)
    {
        var shown = await _evidence.CollectAsync(exercise, program, cancel);
        return shown.State switch
        {
            EvidenceState.Off => null,
            EvidenceState.Unavailable => throw new SandboxUnavailableException(shown.Notice!),
            _ => shown,
        };
    }

    private static IEnumerable<PackProblem> ProblemsOf(string file, RunEvidence shown)
    {
        if (shown.State == EvidenceState.LoadFailed)
        {
            yield return new(file, shown.Line ?? 1, $"The reference does not load: {shown.ExceptionType}: {shown.ExceptionMessage}.", "Mend it so that it runs by itself, or mend the prelude in tests.yaml.");
            yield break;
        }

        foreach (var result in shown.Results.Where(r => r.Outcome != TestOutcome.Passed))
        {
            yield return new(file, result.Line ?? 1, $"The reference fails test '{result.TestId}': {result.Call} should give {result.Expected} and {Happened(result)}.", "Correct the reference, or the test's expected value.");
        }

        foreach (var broken in shown.RuleBreaks)
        {
            yield return new(file, broken.Line, $"The reference breaks rule '{broken.RuleId}': it uses {broken.Name}.", "Write it without, or change the rule in tests.yaml.");
        }
    }

    private static string Happened(TestResult result) => result.Outcome switch
    {
        TestOutcome.WrongValue => $"gives {result.Actual}",
        TestOutcome.Exception => $"raises {result.ExceptionType}: {result.ExceptionMessage}",
        TestOutcome.Timeout => "does not end in time",
        _ => "was not reached",
    };
}
