using System.Diagnostics;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Guard;

/// <summary>Layer L5 with programs that really run.</summary>
public sealed class SpliceTrialSpecs(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    // Off by one line: with a sandbox the other layers let a single new line pass.
    private const string Attempt =
        """
        def remove_extras(lst):
            kept = []
            for x in lst:
                if x in kept:
                    kept.append(x)
            return kept
        """;

    private static GuardContext Context(string attempt = Attempt, params CodeRule[] rules) =>
        SampleWork.Code with { StudentText = attempt, References = [], Tests = SampleWork.Code.Tests with { Rules = rules } };

    private async Task<IReadOnlyList<LeakVerdict>> JudgeAsync(string hint, GuardContext? context = null, params string[] earlier)
    {
        SandboxFixture.SkipWithout(sandbox.Runner);
        return await new LeakGuard(context ?? Context(), sandbox.Runner, [.. earlier.Select(h => new EarlierHint(h, (context ?? Context()).StudentText))]).JudgeAsync(hint, TestContext.Current.CancellationToken, everyLayer: true);
    }

    [Theory]
    [InlineData("Change `if x in kept:` to `if x not in kept:`.")]
    [InlineData("Your test is the wrong way round: `x not in kept`.")]
    [InlineData("You need\n\n```\nif x not in kept:\n```\n")]
    [InlineData("It goes so:\n\n```\ndef unique(values):\n    out = []\n    for v in values:\n        if v not in out: out.append(v)\n    return out\n```\n")]
    public async Task A_hint_that_alone_makes_the_tests_pass_is_held_back(string hint) =>
        Assert.Contains(await JudgeAsync(hint), v => v.Layer == LeakLayer.Splice);

    [Fact]
    public async Task A_change_made_of_two_quotes_can_still_be_the_answer()
    {
        string attempt = "def count_new(kept, x):\n    if x not in kept:\n        return 1\n    return 0\n\n" + Attempt;

        Assert.Contains(await JudgeAsync("Change `if x in kept:` to `if x not in kept:`.", Context(attempt)), v => v.Layer == LeakLayer.Splice);
    }

    [Fact]
    public async Task A_solution_under_another_name_beside_a_helper_is_held_back() =>
        Assert.Contains(await JudgeAsync(
            "```\ndef unique(values):\n    out = []\n    for v in values:\n        add(out, v)\n    return out\n\ndef add(out, v):\n    if v not in out: out.append(v)\n```\n"), v => v.Layer == LeakLayer.Splice);

    [Theory]
    [InlineData("When is `if x in kept:` true in the first pass?")]
    [InlineData("Change `kept` to `result`, which says more.")]
    [InlineData("A set keeps each once:\n\n```\nseen = set()\nseen.add(3)\n```\n")]
    public async Task A_hint_that_leaves_the_tests_failing_passes(string hint) => Assert.Empty(await JudgeAsync(hint));

    [Fact]
    public async Task What_earlier_hints_gave_counts()
    {
        string attempt = Attempt.Replace("return kept", "print(kept)");
        const string First = "First, is it `if x not in kept:` that you mean?", Second = "And is it `return kept`?";

        Assert.Empty(await JudgeAsync(First, Context(attempt)));
        Assert.Empty(await JudgeAsync(Second, Context(attempt)));
        Assert.Contains(await JudgeAsync(Second, Context(attempt), First), v => v.Layer == LeakLayer.Splice);
    }

    [Fact]
    public async Task What_earlier_hints_read_out_in_a_sentence_counts()
    {
        string attempt = Attempt.Replace("kept = []", "kept = lst");
        const string First = "Next comes kept = [] and ask me again.", Second = "Go on with for x in lst: if x not in kept: and ask me again.";

        Assert.DoesNotContain(await JudgeAsync(First, Context(attempt)), v => v.Layer == LeakLayer.Splice);
        Assert.DoesNotContain(await JudgeAsync(Second, Context(attempt)), v => v.Layer == LeakLayer.Splice);
        Assert.Contains(await JudgeAsync(Second, Context(attempt), First), v => v.Layer == LeakLayer.Splice);
    }

    [Fact]
    public async Task Nothing_leaks_to_a_student_whose_program_passes()
    {
        string solved = Attempt.Replace("if x in", "if x not in");

        Assert.Empty(await JudgeAsync("You could also write `x not in set(kept)`.", Context(solved)));
    }

    [Fact]
    public async Task For_a_program_that_only_breaks_a_rule_the_way_that_keeps_it_is_the_answer()
    {
        const string Breaks = "def remove_extras(lst):\n    return list(dict.fromkeys(lst))";
        var rule = new CodeRule { Id = "no-dict", Forbid = ["fromkeys"], Message = "Write it without dict.fromkeys." };

        Assert.NotEmpty(await JudgeAsync("```\ndef unique(v):\n    return sorted(set(v))\n```", Context(Breaks, rule)));
        Assert.Empty(await JudgeAsync("```\ndef unique(v):\n    return list(v)\n```", Context(Breaks, rule)));
    }

    [Fact]
    public async Task Without_a_working_sandbox_the_guard_is_stricter()
    {
        const string Hint = "Is it `kept.insert(0, lst[0])`?";

        Assert.Empty(await JudgeAsync(Hint));
        Assert.NotEmpty(new LeakGuard(Context()).Judge(Hint));
        Assert.NotEmpty(await new LeakGuard(Context(), new Overloaded()).JudgeAsync(Hint, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_very_long_program_is_judged_in_seconds()
    {
        string attempt = string.Join("\n\n", Enumerable.Range(0, 3000).Select(i => Attempt.Replace("remove_extras", $"remove_{i}"))) + "\n\n" + Attempt;
        string hint = string.Join("\n\n", Enumerable.Range(0, 10).Select(i => $"Piece {i}:\n\n```\nfor y in x{i}:\n    print(y)\n    y += {i}\n```"));
        var clock = Stopwatch.StartNew();

        await JudgeAsync(hint, Context(attempt));

        // 18,000 lines: with every place for every piece written out this takes gigabytes and minutes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    private sealed class Overloaded : ICodeRunner
    {
        public string? OffReason => null;

        public Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request, CancellationToken cancel) => throw new SandboxUnavailableException("The queue is full.");
    }
}
