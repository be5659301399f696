using System.Text.Json;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Sandbox;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Evidence;

[Collection(nameof(EvidenceFixture))]
public sealed class EvidenceCollectorTests(EvidenceFixture sandbox)
{
    private static readonly TestSuite Average = new()
    {
        Cases =
        [
            new() { Id = "empty-list", Call = "average([])", Expected = "None", Why = "an empty list" },
            new() { Id = "two", Call = "average([1, 2])", Expected = "1.5", Public = true },
            new() { Id = "thirds", Call = "average([1, 1, 0])", Expected = "0.6666667", Tolerance = 1e-6, Why = "a value that is no short decimal" },
            new() { Id = "text", Call = "average('ab')", Raises = "TypeError", Why = "a text" },
        ],
        Rules = [new() { Id = "no-sum", Forbid = ["sum", "fsum"], Message = "Write the loop yourself." }],
        TimeoutMilliseconds = 3000,
    };

    private const string Sound =
        """
        def average(numbers):
            if not numbers:
                return None
            total = 0
            for n in numbers:
                total += n
            return total / len(numbers)
        """;

    [Fact]
    public async Task A_sound_program_passes_every_test()
    {
        var shown = await CollectAsync(Sound);

        Assert.True(shown.AllPassed);
        Assert.Equal(["empty-list", "two", "thirds", "text"], shown.Results.Select(r => r.TestId));
        Assert.Equal(("None", "None"), (shown.Results[0].Expected, shown.Results[0].Actual));
        Assert.Equal(("TypeError", "TypeError"), (shown.Results[3].Expected, shown.Results[3].ExceptionType));
    }

    [Fact]
    public async Task A_failing_test_says_what_was_expected_and_what_came_instead()
    {
        var shown = await CollectAsync("def average(numbers):\n    return len(numbers) // 2 / len(numbers)\n");

        Assert.Equal((TestOutcome.Exception, "ZeroDivisionError", 2), (shown.Results[0].Outcome, shown.Results[0].ExceptionType, shown.Results[0].Line));
        Assert.Equal((TestOutcome.WrongValue, "1.5", "0.5"), (shown.Results[1].Outcome, shown.Results[1].Expected, shown.Results[1].Actual));
        Assert.Equal(TestOutcome.WrongValue, shown.Results[3].Outcome);
        Assert.Equal("empty-list", shown.FirstFailure!.TestId);
    }

    [Fact]
    public async Task A_broken_rule_is_named_with_its_line_even_when_all_values_are_right()
    {
        var shown = await CollectAsync("def average(numbers):\n    if numbers == []: return None\n    return sum(numbers) / len(numbers)\n");

        Assert.Equal([new RuleBreak("no-sum", "Write the loop yourself.", "sum", 3)], shown.RuleBreaks);
        Assert.Equal(4, shown.PassedCount);
        Assert.False(shown.AllPassed);
    }

    [Fact]
    public async Task A_syntax_error_is_a_program_that_did_not_load_and_no_test_was_run()
    {
        var shown = await CollectAsync("def average(numbers)\n    return 1\n");

        Assert.Equal((EvidenceState.LoadFailed, "SyntaxError", 1), (shown.State, shown.ExceptionType, shown.Line));
        Assert.All(shown.Results, r => Assert.Equal(TestOutcome.NotRun, r.Outcome));
        Assert.Equal(4, shown.Results.Count);
    }

    [Fact]
    public async Task A_loop_without_end_is_a_timeout_of_its_call_and_later_calls_were_not_reached()
    {
        var shown = await CollectAsync("def average(numbers):\n    while not numbers: pass\n    return 1.5\n", Average with { TimeoutMilliseconds = 400 });

        Assert.Equal(EvidenceState.Ran, shown.State);
        Assert.Equal(TestOutcome.Timeout, shown.Results[0].Outcome);
        // The public test ran first, the others come after the one that did not end.
        Assert.Equal([TestOutcome.Passed, TestOutcome.NotRun, TestOutcome.NotRun], shown.Results.Skip(1).Select(r => r.Outcome));
    }

    [Fact]
    public async Task A_loop_without_end_at_top_level_never_loads()
    {
        var shown = await CollectAsync("while True: pass\n", Average with { TimeoutMilliseconds = 300 });

        Assert.Equal((EvidenceState.LoadFailed, PyExceptions.Timeout), (shown.State, shown.ExceptionType));
    }

    [Fact]
    public async Task A_program_that_ends_its_own_process_fails_the_test_it_did_so_in()
    {
        var shown = await CollectAsync("import os\ndef average(numbers):\n    if not numbers: os._exit(0)\n    return 1.5\n");

        Assert.Equal((TestOutcome.Exception, PyExceptions.Killed), (shown.Results[0].Outcome, shown.Results[0].ExceptionType));
        Assert.Equal(TestOutcome.Passed, shown.Results[1].Outcome);
    }

    [Fact]
    public async Task A_value_that_claims_to_equal_everything_passes_nothing()
    {
        var shown = await CollectAsync("class Any:\n    def __eq__(self, other): return True\n    def __repr__(self): return '1.5'\ndef average(numbers): return Any()\n");

        Assert.Equal(0, shown.PassedCount);
        Assert.Equal("<Any>", shown.Results[1].Actual);
    }

    [Fact]
    public async Task Expected_values_and_reasons_never_enter_the_sandbox_and_public_calls_go_first()
    {
        var runner = new CountingRunner(sandbox.Required);

        await new EvidenceCollector(runner).CollectAsync(Average, Sound, TestContext.Current.CancellationToken);

        var sent = JsonSerializer.Serialize(Assert.Single(runner.Requests));
        Assert.DoesNotContain("0.6666667", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("an empty list", sent, StringComparison.Ordinal);
        Assert.Equal("average([1, 2])", runner.Requests[0].Calls[0]);
    }

    [Fact]
    public async Task The_same_program_and_tests_are_run_once_but_a_changed_test_runs_again()
    {
        var runner = new CountingRunner(sandbox.Required);
        var collector = new EvidenceCollector(runner);
        var cancel = TestContext.Current.CancellationToken;

        var first = await collector.CollectAsync(Average, Sound, cancel);
        var second = await collector.CollectAsync(Average, Sound, cancel);
        await collector.CollectAsync(Average with { Cases = [.. Average.Cases, Average.Cases[1] with { Id = "three", Call = "average([3])", Expected = "3.0" }] }, Sound, cancel);

        Assert.Same(first, second);
        Assert.Equal(2, runner.Requests.Count);
    }

    [Fact]
    public async Task A_run_that_hit_its_time_limit_is_not_remembered()
    {
        var runner = new CountingRunner(sandbox.Required);
        var collector = new EvidenceCollector(runner);
        var suite = Average with { TimeoutMilliseconds = 200 };

        for (var i = 0; i < 2; i++) await collector.CollectAsync(suite, "while True: pass\n", TestContext.Current.CancellationToken);

        Assert.Equal(2, runner.Requests.Count);
    }

    [Fact]
    public async Task Students_see_what_a_hidden_test_is_about_but_neither_call_nor_values_nor_the_line()
    {
        var shown = (await CollectAsync("def average(numbers):\n    return {}[str(numbers)]\n")).ForStudent();

        var hidden = shown.Results[0];
        Assert.Equal(("", "", "", null), (hidden.Call, hidden.Expected, hidden.Actual, hidden.ExceptionMessage));
        Assert.Equal(("an empty list", "KeyError", null), (hidden.Why, hidden.ExceptionType, hidden.Line));
        Assert.Equal("average([1, 2])", shown.Results[1].Call);
        Assert.DoesNotContain("average([])", JsonSerializer.Serialize(shown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class Odd(Exception): pass", "Odd()", null)]
    [InlineData("class Odd(KeyError): pass", "Odd(0)", "KeyError")]
    [InlineData("import json", "json.JSONDecodeError('', '', 0)", "ValueError")]
    [InlineData("", "type(repr(numbers), (Exception,), {})()", null)]
    [InlineData("", "type(repr(numbers), (LookupError,), {})()", "LookupError")]
    [InlineData("", "SystemExit(repr(numbers))", "SystemExit")]
    [InlineData("class Sly(type):\n    __name__ = property(lambda self: 'KeyError')\n    mro = lambda self: [self, *LookupError.__mro__]\nclass Odd(Exception, metaclass=Sly): pass", "Odd()", "LookupError")]
    public async Task Of_an_exception_in_a_hidden_test_only_a_name_from_Pythons_own_list_is_shown(string before, string raised, string? shown)
    {
        var evidence = await CollectAsync($"{before}\ndef average(numbers):\n    if numbers == [1, 2]: return 1.5\n    raise {raised}\n");

        Assert.All(evidence.ForStudent().Results.Where(r => !r.Public), r => Assert.Equal((shown, null, null, null), (r.ExceptionType, r.ExceptionBase, r.ExceptionMessage, r.Line)));
        Assert.Equal(4, evidence.Results[0].Line - before.Count(c => c == '\n'));
    }

    [Fact]
    public async Task An_exception_of_the_programs_own_passes_where_except_would_catch_it()
    {
        var shown = await CollectAsync(Sound.Replace("    total = 0", "    class NotNumbers(TypeError): pass\n    if isinstance(numbers, str): raise NotNumbers(numbers)\n    total = 0", StringComparison.Ordinal));

        Assert.Equal((TestOutcome.Passed, "NotNumbers"), (shown.Results[3].Outcome, shown.Results[3].ExceptionType));
    }

    [Fact]
    public async Task Without_a_sandbox_nothing_is_run_and_the_notice_says_why()
    {
        using var none = SandboxFixture.Create(new SandboxOptions { BwrapPath = "/nowhere/bwrap" });

        var shown = await new EvidenceCollector(none).CollectAsync(Average, Sound, TestContext.Current.CancellationToken);

        Assert.Equal(EvidenceState.Off, shown.State);
        Assert.StartsWith("Programs are not run here: ", shown.Notice, StringComparison.Ordinal);
        Assert.False(shown.AllPassed);
        Assert.Empty(shown.Results);
    }

    [Fact]
    public async Task A_text_needs_no_run()
    {
        var essay = new Exercise { Id = "e", Title = "E", Kind = ExerciseKind.Writing, Task = "Write." };

        Assert.Same(RunEvidence.NotApplicable, await new EvidenceCollector(sandbox.Runner).CollectAsync(essay, "Words.", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("KeyError", "LookupError", true)]
    [InlineData("TabError", "SyntaxError", true)]
    [InlineData("ValueError", "ValueError", true)]
    [InlineData("LookupError", "KeyError", false)]
    [InlineData("TooCold", "ValueError", false)]
    [InlineData(null, "ValueError", false)]
    public void An_exception_counts_as_its_bases_do_in_except(string? type, string wanted, bool isA) => Assert.Equal(isA, PyExceptions.IsA(type, wanted));

    private async Task<RunEvidence> CollectAsync(string program, TestSuite? suite = null) =>
        await new EvidenceCollector(sandbox.Required).CollectAsync(suite ?? Average, program, TestContext.Current.CancellationToken);
}
