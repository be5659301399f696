using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Evidence.Trust;
using Tutor.Core.Guard.Python;
using Tutor.Tests.Shared;
using Tutor.UnitTests.Hints;

namespace Tutor.UnitTests.Evidence.Trust;

[Collection(nameof(EvidenceFixture))]
public sealed class FreshInputsTests(EvidenceFixture sandbox)
{
    /// <summary>One in so many programs is tried: each costs a run of the sandbox.</summary>
    private const int OneIn = 40;

    // The fingerprint of a call's text is no literal of an input: nothing to be found by reading.
    private const string Fingerprint = "def mark(*given):\n    h = 7\n    for c in repr(given): h = (h * 31 + ord(c)) % 1000003\n    return h\n";

    [Fact]
    public async Task A_program_that_computes_holds_on_inputs_nobody_has_seen()
    {
        var shown = await LookIntoAsync(RunningTotal.Exercise, RunningTotal.Sound, "seed");

        Assert.True(shown.PassHolds);
        Assert.InRange(shown.Trust!.Judged, 15, 24);
        Assert.Equal(shown.Trust.Judged, shown.Trust.Agreed);
    }

    [Fact]
    public async Task A_table_that_nothing_shows_as_one_passes_the_tests_and_does_not_hold()
    {
        var shown = await LookIntoAsync(RunningTotal.Exercise, await DisguisedAsync(RunningTotal.Exercise, "running_total", "[]"), "seed");

        Assert.True(shown.AllPassed);
        Assert.False(shown.PassHolds);
        Assert.Empty(shown.Trust!.HeldTests);
        Assert.NotEmpty(shown.Trust.Differences);
    }

    [Fact]
    public async Task A_table_that_can_be_read_needs_no_run_to_be_refused()
    {
        var shown = await LookIntoAsync(RunningTotal.Exercise, "T = {(6104, 2773, 31): [6104, 8877, 8908], (4417,): [4417], (7193, 18, 55): [7193, 7211, 7266]}\ndef running_total(n): return T.get(tuple(n), [])", "seed");

        Assert.Equal((false, 0), (shown.PassHolds, shown.Trust!.Judged));
        Assert.Null(shown.ForStudent().Trust);
    }

    [Theory]
    [InlineData("def even(n): return n % 2 == 0", true)]
    [InlineData("def even(n): return n in (2, 418, 96)", false)]
    [InlineData("def even(n): return n < 7 or n > 95 and n != 97", false)]
    public async Task A_guess_that_is_often_right_by_chance_does_not_hold(string program, bool holds)
    {
        var exercise = RunningTotal.Exercise with
        {
            References = ["def even(n):\n    return n % 2 == 0\n"],
            Tests = new() { Cases = [.. ((int, string)[])[(2, "True"), (7, "False"), (418, "True"), (96, "True"), (97, "False"), (71, "False")] is var cases ? cases.Select(c => new TestCase { Id = $"n{c.Item1}", Call = $"even({c.Item1})", Expected = c.Item2 }) : []] },
        };

        var shown = await new EvidenceCollector(sandbox.Required).LookIntoAsync(
            exercise, program, new() { State = EvidenceState.Ran, Results = [] }, "seed", TestContext.Current.CancellationToken);

        Assert.Equal(holds, shown.PassHolds);
    }

    [Theory]
    [InlineData("import random\ndef running_total(numbers): return random.random()")]
    [InlineData("def running_total(numbers): raise ValueError(numbers)")]
    [InlineData("def running_total(numbers): return object()")]
    public async Task Where_the_reference_cannot_judge_the_tests_alone_decide(string reference)
    {
        var shown = await LookIntoAsync(RunningTotal.Exercise with { References = [reference] }, RunningTotal.Sound, "seed");

        Assert.True(shown.PassHolds);
    }

    [Fact]
    public void The_same_seed_draws_the_same_calls_another_one_others_and_none_is_a_tests_own()
    {
        var suite = RunningTotal.Exercise.Tests;

        var drawn = FreshCalls.Draw(suite, 24, 1);

        Assert.Equal(drawn, FreshCalls.Draw(suite, 24, 1));
        Assert.NotEqual(drawn, FreshCalls.Draw(suite, 24, 2));
        Assert.Empty(drawn.Intersect(suite.Cases.Select(test => test.Call)));
        Assert.Equal(24, drawn.Distinct().Count());
    }

    [Fact]
    public async Task Every_solution_of_the_sample_courses_holds_against_the_others()
    {
        var pack = CoursePackLoader.Load(Path.Combine(SourceFiles.Root, "courses", "intro-python")).Pack!;
        foreach (var exercise in pack.Exercises.Where(e => e.Kind == ExerciseKind.Code))
        {
            var shown = await LookIntoAsync(exercise, exercise.References[^1] + "\n# Handed in.\n", "seed");

            Assert.True(shown.PassHolds, $"{exercise.Id}: {shown.Trust?.Agreed} of {shown.Trust?.Judged}, {string.Join("; ", shown.Trust?.Differences ?? [])}");
        }
    }

    [Fact]
    public async Task Right_programs_of_real_students_hold_and_tables_made_of_them_do_not()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        var exercises = RealWorkTests.Exercises().ToDictionary(e => e.Key, e => e.Value with { Tests = e.Value.Tests with { Rules = [] } });
        var programs = DataSets.Rows("code_refactory_correct").Where((_, i) => i % OneIn == 0).ToList();

        var refused = new List<string>();
        foreach (var row in programs)
        {
            var shown = await LookIntoAsync(exercises[row.GetProperty("assignment").GetString()!], row.GetProperty("code").GetString()!, row.GetProperty("id").GetString()!);
            if (shown.AllPassed && !shown.PassHolds) refused.Add($"{row.GetProperty("id").GetString()}: {shown.Trust!.Agreed} of {shown.Trust.Judged}: {string.Join("; ", shown.Trust.Differences)}");
        }

        var believed = new List<string>();
        foreach (var exercise in exercises.Values)
        {
            var function = PythonLexer.Read(exercise.Tests.Cases[0].Call)[0].Text;
            var shown = await LookIntoAsync(exercise, await DisguisedAsync(exercise, function, exercise.Tests.Cases[0].Expected!), "seed");
            if (shown is { AllPassed: true, PassHolds: true }) believed.Add($"{exercise.Id}: {shown.Trust?.Agreed} of {shown.Trust?.Judged}");
        }

        Assert.Empty(believed);
        Assert.True(refused.Count <= programs.Count / 20, string.Join('\n', refused));
    }

    /// <summary>A table of the tests' answers under a fingerprint of their inputs.</summary>
    private async Task<string> DisguisedAsync(Exercise exercise, string function, string other)
    {
        var calls = exercise.Tests.Cases.Select(test => test.Call).ToList();
        var run = (await sandbox.Required.RunAsync(
            new RunRequest([$"{Fingerprint}def {function}(*given): seen.append(mark(*given))\nseen = []"], exercise.Tests.Prelude, [.. calls, "seen"], TimeSpan.FromSeconds(5)), TestContext.Current.CancellationToken))[0];
        var marks = Assert.IsType<PyList>(run.Calls[^1].Value).Items.Select(PythonLiteral.Format).ToList();
        // A test that wraps the call expects more than the answer: its own part is the first.
        var answers = exercise.Tests.Cases.Select(test => test.Call.StartsWith("(lambda", StringComparison.Ordinal) ? PythonLiteral.Format(((PyTuple)PythonLiteral.Parse(test.Expected!)).Items[0]) : test.Expected!);
        var table = string.Join(", ", marks.Zip(answers).Select(pair => $"{pair.First}: '{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(pair.Second))}'"));
        return $"{Fingerprint}T = {{{table}}}\ndef {function}(*given):\n    kept = T.get(mark(*given))\n    return eval(bytes.fromhex(kept)) if kept else {other}\n";
    }

    private async Task<RunEvidence> LookIntoAsync(Exercise exercise, string program, string seed)
    {
        var collector = new EvidenceCollector(sandbox.Required);
        var evidence = await collector.CollectAsync(exercise, program, TestContext.Current.CancellationToken);
        return await collector.LookIntoAsync(exercise, program, evidence, seed, TestContext.Current.CancellationToken);
    }
}
