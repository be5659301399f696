using Tutor.Core.Evidence;
using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using Tutor.Core.Hints.Writing;
using static Tutor.UnitTests.Hints.LadderCases;
using TestResult = Tutor.Core.Evidence.TestResult;

namespace Tutor.UnitTests.Hints;

/// <summary>The hints that come with Tutor, for exercises without a ladder of their own.</summary>
public sealed class BuiltInHintTests
{
    private static TestResult Raises(string type, int? line = 3) => Empty with { ExceptionType = type, Line = line };

    private static TestResult Gives(string expected, string actual) => Two with { Outcome = TestOutcome.WrongValue, Expected = expected, Actual = actual };

    /// <summary>A failure of every kind, with words of the nudge that is for it.</summary>
    public static TheoryData<string, RunEvidence, string> Kinds => new()
    {
        { "syntax error", Failed("SyntaxError", 4), "Python could not read your program and stopped in line 4." },
        { "a blank that is none", Failed("SyntaxError", 4) with { ExceptionMessage = "invalid non-printable character U+00A0" }, "Line 4 holds the character U+00A0, a no-break space" },
        { "input at top level", Failed("EOFError", 4), "nobody types here" },
        { "input in a function", Ran(Raises("EOFError")), "nobody types here" },
        { "tabs", Failed("TabError", 4), "because of its indentation" },
        { "name at top level", Failed("NameError", 4), "At line 4 Python met a name that means nothing" },
        { "value at top level", Failed("ValueError", 4), "before any test could call your function" },
        { "never loads", Failed(PyExceptions.Timeout, null), "still running when its time was up" },
        { "module", Failed("ModuleNotFoundError", 1), "imports something that cannot be had here" },
        { "timeout", Ran(Empty with { Outcome = TestOutcome.Timeout, ExceptionType = null }), "still running when its time was up" },
        { "killed", Ran(Raises(PyExceptions.Killed, null)), "was ended before it could answer" },
        { "no such function", Ran(Raises("NameError", null)), "a function that they cannot find" },
        { "name", Ran(Raises("UnboundLocalError")), "met a name that means nothing" },
        { "type", Ran(Raises("TypeError")), "a kind of value it cannot work with" },
        { "index", Ran(Raises("IndexError")), "a position that does not exist" },
        { "key", Ran(Raises("KeyError")), "a key it does not have" },
        { "value", Ran(Raises("UnicodeDecodeError")), "the right kind that it still cannot use" },
        { "attribute", Ran(Raises("AttributeError")), "left of the dot" },
        { "zero", Ran(Raises("ZeroDivisionError")), "divided by zero" },
        { "recursion", Ran(Raises("RecursionError")), "never comes back" },
        { "own exception", Ran(Raises("TooCold")), "stops with `TooCold` at line 3" },
        { "returns nothing", Ran(Gives("[1]", "None")), "gives back `None`" },
        { "another kind", Ran(Gives("[1]", "'1'")), "another kind" },
        { "an object", Ran(Gives("[1]", "<Node>")), "another kind" },
        { "another order", Ran(Gives("[1, 2, 2]", "[2, 1, 2]")), "in another order" },
        { "another value", Ran(Gives("[1, 2]", "[1, 1]")), "one answer differs" },
        { "no exception", Ran(Gives("ValueError", "3")), "wants your function to refuse" },
        { "rule", Ran(Two) with { RuleBreaks = [new("r", "No sorted.", "sorted", 2)] }, "something the task rules out" },
        { "not run", new() { State = EvidenceState.Unavailable }, "one of the examples of the task" },
        { "solved", Ran(Two), "All tests pass." },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_of_failure_has_a_hint_of_its_own(string kind, RunEvidence evidence, string words)
    {
        var hint = Write(Exercise(), evidence);

        Assert.NotEmpty(kind);
        Assert.Contains(words, hint.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.StartsWith("This is one of the general hints that come with Tutor;", hint.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_level_of_it_is_said_whole_names_what_failed_and_leaks_nothing(string kind, RunEvidence evidence, string words)
    {
        Assert.NotEmpty(kind + words);
        var guard = new LeakGuard(new GuardContext
        {
            Kind = Tutor.Core.Courses.ExerciseKind.Code, StudentText = LadderCases.Program, AllowedLevel = HintLevel.PseudoCode, RequiredNames = ["average"],
            References = ["def average(numbers):\n    if not numbers:\n        return None\n    return sum(numbers) / len(numbers)\n"],
        });

        foreach (var level in HintLevels.All)
        {
            var hint = Write(Exercise(), evidence, level);

            Assert.Equal(level, hint.Level);
            Assert.DoesNotContain("{", hint.Text.Replace("{\"tea\": 2}", "", StringComparison.Ordinal), StringComparison.Ordinal);
            foreach (var item in hint.Basis) Assert.Contains(item.Title, hint.Text, StringComparison.Ordinal);
            Assert.Empty(guard.Judge(hint.Text).Select(v => $"{v.Layer}: {v.Span}: {v.Reason}"));
        }
    }

    [Fact]
    public void An_empty_sheet_gets_a_way_to_begin_whatever_the_ladder_says()
    {
        var exercise = Exercise(Misconception("m", new Signature { CodeWithout = "return" }));

        Assert.Contains("There is no program yet.", Write(exercise, Ran(Raises("NameError", null)), work: "# my solution\n").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_about_a_line_is_left_out_where_no_line_is_known() =>
        Assert.DoesNotContain("At line", Write(Exercise(), Ran(Raises("KeyError", null)), HintLevel.Location).Text, StringComparison.Ordinal);

    [Fact]
    public void Every_kind_has_all_levels()
    {
        Assert.All(BuiltInHints.Code.Concat(BuiltInHints.Writing), kind => Assert.Equal(HintLevels.All, kind.Value.Keys.Order()));
        Assert.Equal(WritingSignals.Ids.Append(BuiltInHints.NothingFound).Order(), BuiltInHints.Writing.Keys.Order());
    }
}
