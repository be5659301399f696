using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using static Tutor.UnitTests.Hints.LadderCases;

namespace Tutor.UnitTests.Hints;

public sealed class LadderWriterTests
{
    private static readonly Misconception ForgetsEmpty = Misconception("forgets-empty", new Signature { Test = "empty-list", Exception = "ZeroDivisionError" });
    private static readonly Misconception General = Misconception("general", new Signature { Exception = "ArithmeticError" });

    [Fact]
    public void The_instructors_hint_says_who_wrote_it_and_why_it_was_chosen()
    {
        var hint = Write(Exercise(ForgetsEmpty), Ran(Two, Empty));

        Assert.Equal(("forgets-empty", HintLevel.Nudge), (hint.MisconceptionId, hint.Level));
        Assert.Equal("This hint was written by your instructor. It was chosen because test `average([])` raised ZeroDivisionError.", hint.Reason);
        Assert.Equal(new BasisItem("test", "empty-list", "average([])", "Expected None; got ZeroDivisionError in line 2."), Assert.Single(hint.Basis));
    }

    [Fact]
    public void A_hint_that_does_not_name_the_failing_test_gets_a_sentence_that_does() =>
        Assert.Equal(
            "forgets-empty at nudge\n\nStart from the test `average([])`: it should give `None`, yours stops with `ZeroDivisionError` in line 2.",
            Write(Exercise(ForgetsEmpty), Ran(Two, Empty)).Text);

    [Fact]
    public void A_hint_that_names_the_failing_test_is_left_as_it_is()
    {
        var naming = ForgetsEmpty with { Hints = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "What should {call} give?" } };

        Assert.Equal("What should `average([])` give?", Write(Exercise(naming), Ran(Two, Empty)).Text);
    }

    [Fact]
    public void The_signature_that_asks_for_more_is_taken_before_the_general_one()
    {
        Assert.Equal("forgets-empty", Write(Exercise(General, ForgetsEmpty), Ran(Two, Empty)).MisconceptionId);
    }

    [Fact]
    public void Among_equals_the_first_in_the_file_is_taken()
    {
        var other = Misconception("other", ForgetsEmpty.Signatures[0]);

        Assert.Equal("other", Write(Exercise(other, ForgetsEmpty), Ran(Two, Empty)).MisconceptionId);
    }

    [Fact]
    public void The_misconception_of_the_previous_hint_is_kept_while_it_fits_so_that_its_ladder_can_be_climbed()
    {
        var exercise = Exercise(General, ForgetsEmpty);

        Assert.Equal("general", Write(exercise, Ran(Two, Empty), HintLevel.Concept, previous: "general").MisconceptionId);
        Assert.Equal("forgets-empty", Write(exercise, Ran(Two, Empty), HintLevel.Concept, previous: "gone").MisconceptionId);
    }

    [Fact]
    public void What_was_said_comes_again_only_when_nothing_else_is_left_to_say()
    {
        var exercise = Exercise(General, ForgetsEmpty);
        exercise = exercise with { Ladder = exercise.Ladder with { Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Read the task again." } } };
        var hints = new List<LadderHint>();
        while (hints.Count < 5) hints.Add(Write(exercise, Ran(Two, Empty), said: hints));

        Assert.Equal(["forgets-empty", "general", null, null, "forgets-empty"], hints.Select(h => h.MisconceptionId));
        Assert.StartsWith("Read the task again.", hints[2].Text, StringComparison.Ordinal);
        Assert.StartsWith("This is one of the general hints", hints[3].Reason, StringComparison.Ordinal);
        Assert.Equal(hints[0].Text, hints[4].Text);
        Assert.EndsWith("You have had it before: the same difficulty still shows.", hints[4].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void When_a_level_has_nothing_new_to_say_a_lower_one_says_it_in_other_words()
    {
        var hints = new List<LadderHint>();
        while (hints.Count < 8) hints.Add(Write(Exercise(ForgetsEmpty), Ran(Two, Empty), HintLevel.Location, said: hints));

        Assert.Equal([HintLevel.Location, HintLevel.Location, HintLevel.Concept, HintLevel.Concept, HintLevel.Nudge, HintLevel.Nudge], hints.Take(6).Select(h => h.Level));
        Assert.Equal(6, hints.Take(6).Select(h => h.Text).Distinct().Count());
        Assert.All(hints.Skip(6), h => Assert.Equal(hints[0].Text, h.Text));
    }

    [Fact]
    public void A_hint_that_was_given_before_says_so() =>
        Assert.EndsWith(" You have had it before: the same difficulty still shows.", Write(Exercise(ForgetsEmpty), Ran(Empty), previous: "forgets-empty").Reason, StringComparison.Ordinal);

    [Fact]
    public void The_level_asked_for_is_capped_by_the_policy()
    {
        Assert.Equal(HintLevel.Location, Write(Exercise(ForgetsEmpty), Ran(Empty), HintLevel.PseudoCode, highest: HintLevel.Location).Level);
    }

    [Fact]
    public void A_missing_rung_gives_the_nearest_lower_one()
    {
        var sparse = ForgetsEmpty with { Hints = new Dictionary<HintLevel, string> { [HintLevel.Concept] = "idea", [HintLevel.PseudoCode] = "steps" } };

        Assert.Equal(HintLevel.Concept, Write(Exercise(sparse), Ran(Empty), HintLevel.Example).Level);
    }

    [Fact]
    public void A_ladder_that_starts_above_the_level_asked_for_gives_nothing_away()
    {
        var high = ForgetsEmpty with { Hints = new Dictionary<HintLevel, string> { [HintLevel.Example] = "too much" } };

        var hint = Write(Exercise(high), Ran(Empty));

        Assert.Equal(HintLevel.Nudge, hint.Level);
        Assert.DoesNotContain("too much", hint.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hidden_tests_call_and_values_are_never_shown()
    {
        var revealing = Misconception("m", new Signature { Test = "secret", Actual = "777" }) with
        {
            Hints = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Think again. `{call}` should give {expected}. Yours gave {actual}." },
        };

        var hint = Write(Exercise(revealing), Ran(Two, Secret));

        Assert.Equal("m", hint.MisconceptionId);
        Assert.Equal("Think again.\n\nStart from a hidden test about “three odd numbers”: its answer is not right yet.", hint.Text);
        var shown = hint.Text + hint.Reason + string.Concat(hint.Basis);
        Assert.DoesNotMatch(@"777|8\.0|\[9, 8, 7\]", shown);
    }

    [Fact]
    public void A_public_failing_test_is_named_before_a_hidden_one() =>
        Assert.Contains("average([])", Write(Exercise(), Ran(Secret, Empty)).Text, StringComparison.Ordinal);

    [Fact]
    public void Work_that_fits_no_misconception_gets_otherwise_about_the_first_failing_test()
    {
        var exercise = Exercise(General) with
        {
            Ladder = new() { Misconceptions = [General], Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "The test \"{test}\" expects `{expected}` from `{call}`. Your program gave {actual} {exception}." } },
        };
        var wrong = Two with { Outcome = TestOutcome.WrongValue, Actual = "`3`" };

        var hint = Write(exercise, Ran(wrong));

        Assert.Null(hint.MisconceptionId);
        Assert.Equal("The test \"two numbers\" expects `1.5` from `average([1, 2])`. Your program gave `` `3` ``.", hint.Text);
        Assert.Equal("This hint was written by your instructor. It was chosen because test `average([1, 2])` gave `` `3` ``.", hint.Reason);
    }

    [Fact]
    public void A_broken_rule_is_named_even_when_every_value_is_right()
    {
        var exercise = Exercise(Misconception("uses-sum", new Signature { Rule = "no-sum" }));

        var hint = Write(exercise, Ran(Two) with { RuleBreaks = [new("no-sum", "Write the loop yourself.", "sum", 2)] });

        Assert.Equal("uses-sum", hint.MisconceptionId);
        Assert.EndsWith("The task sets a rule: Write the loop yourself. Line 2 uses `sum`.", hint.Text, StringComparison.Ordinal);
        Assert.Equal("rule", Assert.Single(hint.Basis).Kind);
    }

    [Fact]
    public void Work_that_passes_everything_gets_the_solved_rung()
    {
        var exercise = Exercise(General) with { Ladder = new() { Solved = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "What next?" } } };

        Assert.Equal(("What next?", HintLevel.Nudge), (Write(exercise, Ran(Two), HintLevel.Example).Text, Write(exercise, Ran(Two), HintLevel.Example).Level));
    }

    [Theory]
    [InlineData("SyntaxError")]
    [InlineData("IndentationError")]
    [InlineData("NameError")]
    public void A_program_that_does_not_load_gets_a_hint_that_names_the_line(string exception)
    {
        var exercise = Exercise(General) with { Ladder = new() { Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Think." } } };

        foreach (var level in HintLevels.All)
        {
            Assert.Contains("line 7", Write(exercise, Failed(exception, 7), level).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_signature_may_recognise_a_program_that_does_not_load()
    {
        var exercise = Exercise(Misconception("colon", new Signature { Exception = "SyntaxError", Code = @"^def [^:]*$" }));

        Assert.Equal("colon", Write(exercise, Failed("SyntaxError", 1), work: "def average(numbers)\n    pass").MisconceptionId);
        Assert.Equal("This hint was written by your instructor. It was chosen because your program does not load (SyntaxError in line 1).", Write(exercise, Failed("SyntaxError", 1), work: "def average(numbers)\n    pass").Reason);
    }

    [Theory]
    [InlineData("# sum is easy\ndef average(n): return 1", false)]
    [InlineData("def average(n):\n    'use sum(n)'\n    return 1", false)]
    [InlineData("def average(n): return sum(n)", true)]
    public void Patterns_see_code_without_comments_and_what_strings_say(string work, bool fits)
    {
        var exercise = Exercise(Misconception("uses-sum", new Signature { Code = @"\bsum\b" }));

        Assert.Equal(fits ? "uses-sum" : null, Write(exercise, Ran(Empty), work: work).MisconceptionId);
    }

    [Theory]
    [InlineData("0", "0.0", true)]
    [InlineData("0.3", "0.30000000000000004", true)]
    [InlineData("[1, 2]", "[1,2]", true)]
    [InlineData("1", "True", false)]
    [InlineData("'None'", "None", false)]
    [InlineData("[1]", "(1,)", false)]
    public void A_value_in_a_signature_is_compared_as_a_value(string wanted, string actual, bool fits)
    {
        var exercise = Exercise(Misconception("m", new Signature { Actual = wanted }));

        Assert.Equal(fits ? "m" : null, Write(exercise, Ran(Two with { Outcome = TestOutcome.WrongValue, Actual = actual })).MisconceptionId);
    }

    [Fact]
    public void All_members_of_a_signature_must_hold_for_one_and_the_same_test()
    {
        var exercise = Exercise(Misconception("m", new Signature { Test = "two", Exception = "ZeroDivisionError" }));

        Assert.Null(Write(exercise, Ran(Two with { Outcome = TestOutcome.WrongValue, Actual = "2" }, Empty)).MisconceptionId);
    }

    [Fact]
    public void A_test_that_was_never_reached_does_not_count_as_failing()
    {
        var exercise = Exercise(Misconception("m", new Signature { Test = "two" }));

        Assert.Null(Write(exercise, Ran(Empty with { Outcome = TestOutcome.Timeout }, Two with { Outcome = TestOutcome.NotRun })).MisconceptionId);
    }

    [Fact]
    public void A_loop_without_end_is_recognised_as_Timeout() =>
        Assert.Equal("m", Write(Exercise(Misconception("m", new Signature { Test = "empty-list", Exception = "Timeout" })), Ran(Empty with { Outcome = TestOutcome.Timeout, ExceptionType = null })).MisconceptionId);

    [Fact]
    public void Without_a_sandbox_the_code_alone_is_looked_at_and_the_reason_says_so()
    {
        var exercise = Exercise(ForgetsEmpty, Misconception("uses-sum", new Signature { Code = @"\bsum\b" }));

        var hint = Write(exercise, new() { State = EvidenceState.Off, Notice = "Programs are not run here." });

        Assert.Equal("uses-sum", hint.MisconceptionId);
        Assert.Contains("could not be run here", hint.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_staff_only_criterion_is_not_named_to_students()
    {
        var exercise = Exercise(ForgetsEmpty with { Criterion = "marks" });
        var marks = new Criterion { Id = "marks", Title = "Marks", Description = "Half a point.", Audience = Audience.Staff };

        Assert.DoesNotContain(Write(exercise, Ran(Empty), rubric: [marks]).Basis, b => b.Kind == "criterion");
        Assert.Contains(Write(exercise, Ran(Empty), rubric: [marks with { Audience = Audience.Student }]).Basis, b => b is { Kind: "criterion", Reference: "marks", Title: "Marks" });
    }
}
