using System.Text.Json;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using Tutor.Tests.Shared;
using Tutor.UnitTests.Evidence;

namespace Tutor.UnitTests.Hints;

/// <summary>Wrong programs of real students (NUS refactory data, ASE 2019), with no ladder but what comes with Tutor.</summary>
[Collection(nameof(EvidenceFixture))]
public sealed class RealWorkTests(EvidenceFixture sandbox)
{
    /// <summary>One in so many programs is tried: the whole set takes many minutes.</summary>
    private const int OneIn = 23;

    private static readonly Dictionary<string, string[]> Forbidden = new() { ["refactory-q3"] = ["OrderedDict"], ["refactory-q4"] = ["sort", "sorted"] };

    [Fact]
    public async Task Every_wrong_program_is_told_a_true_failing_test_or_the_rule_it_breaks_and_no_answer()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        var collector = new EvidenceCollector(sandbox.Required);
        var exercises = Exercises();
        var programs = SharedData.Lines("code_refactory_wrong.jsonl").Select(l => JsonDocument.Parse(l).RootElement).Where((_, i) => i % OneIn == 0).ToList();

        var troubles = new List<string>();
        foreach (var row in programs)
        {
            var (id, program, exercise) = (row.GetProperty("id").GetString()!, row.GetProperty("code").GetString()!, exercises[row.GetProperty("assignment").GetString()!]);
            var evidence = await collector.CollectAsync(exercise, program, TestContext.Current.CancellationToken);
            // The data's own count. It tells 1 from True, and after a call that never ends ours depends on the order of the calls.
            var (known, counted) = (row.GetProperty("tests_passed").GetInt32(), evidence.Results.Count(r => r.Outcome == TestOutcome.Passed && IsTruth(r.Expected) == IsTruth(r.Actual)));
            if (row.GetProperty("first_failure").GetString() != "timeout" && counted != known) troubles.Add($"{id}: {counted} tests passed, not {known}");

            troubles.AddRange((await TroublesOfAsync(exercise, program, evidence)).Select(t => $"{id}: {t}"));
        }

        Assert.Empty(troubles);
        Assert.True(programs.Count > 40, "The data set is too small to say anything.");
    }

    private async Task<List<string>> TroublesOfAsync(Exercise exercise, string program, RunEvidence evidence)
    {
        var guard = new LeakGuard(GuardContext.For(exercise, program, HintLevel.PseudoCode), sandbox.Required);
        var shown = exercise.Tests.Cases.Where(c => c.Public).Select(c => c.Call).ToHashSet();
        var troubles = new List<string>();
        foreach (var level in HintLevels.All)
        {
            var hint = LadderWriter.Write(new() { Exercise = exercise, Policy = new() { HighestLevel = HintLevel.PseudoCode }, Evidence = evidence, Work = program, Level = level });

            if (hint.Level != level) troubles.Add($"{hint.Level} instead of {level}");
            if (!NamesWhatFailed(hint.Text, evidence)) troubles.Add($"{level} names nothing that failed: {hint.Text}");
            troubles.AddRange(exercise.Tests.Cases.Where(c => !shown.Contains(c.Call) && (hint.Text + hint.Reason + string.Concat(hint.Basis)).Contains(c.Call, StringComparison.Ordinal)).Select(c => $"{level} shows the hidden {c.Call}"));
            // Only examples hold code that running could complete the program with.
            var verdicts = level == HintLevel.Example ? await guard.JudgeAsync(hint.Text, TestContext.Current.CancellationToken) : guard.Judge(hint.Text);
            troubles.AddRange(verdicts.Select(v => $"{level} is held back: {v.Layer}: {v.Span}"));
        }

        return troubles;
    }

    private static bool IsTruth(string literal) => literal is "True" or "False";

    private static bool NamesWhatFailed(string hint, RunEvidence evidence) =>
        evidence.Results.Any(r => r.Failed && hint.Contains(r.Public ? CodeSpan.Of(r.Call) : $"“{r.Why}”", StringComparison.Ordinal))
        || evidence.RuleBreaks.Any(b => hint.Contains(b.Message, StringComparison.Ordinal))
        || (evidence is { State: EvidenceState.LoadFailed, Line: { } line } && hint.Contains($"line {line}", StringComparison.Ordinal));

    internal static Dictionary<string, Exercise> Exercises() =>
        SharedData.Lines("code_refactory_assignments.jsonl").Select(l => JsonDocument.Parse(l).RootElement).Select(Read).ToDictionary(e => e.Id);

    private static Exercise Read(JsonElement row)
    {
        var id = row.GetProperty("assignment").GetString()!;
        return new()
        {
            Id = id, Title = id, Kind = ExerciseKind.Code, Language = "python", Task = row.GetProperty("statement").GetString()!,
            References = [row.GetProperty("reference_solution").GetString()!],
            Tests = new()
            {
                Prelude = row.GetProperty("prelude").GetString()!,
                Cases = [.. row.GetProperty("tests").EnumerateArray().Select((t, i) => new TestCase
                {
                    Id = t.GetProperty("id").GetString()!, Call = t.GetProperty("call").GetString()!, Expected = t.GetProperty("expected").GetString()!, Public = i % 2 == 0, Why = $"case {t.GetProperty("id").GetString()}",
                })],
                Rules = Forbidden.TryGetValue(id, out var names) ? [new() { Id = "rule", Forbid = names, Message = $"Write it without {string.Join(" or ", names)}." }] : [],
            },
        };
    }
}
