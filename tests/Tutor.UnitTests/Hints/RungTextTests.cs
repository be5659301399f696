using Tutor.Core.Hints.Ladder;

namespace Tutor.UnitTests.Hints;

public sealed class RungTextTests
{
    private static readonly RungFacts Wrong = new() { Test = "an empty list", Call = "f([])", Expected = "None", Actual = "0" };
    private static readonly RungFacts Raised = new() { Test = "an empty list", Call = "f([])", Expected = "None", Exception = "IndexError", Line = "4" };
    private static readonly RungFacts Hidden = new() { Test = "an empty list", Call = "a call of your own (an empty list)", CallIsCode = false, Exception = "IndexError", LineInWords = "line where it stops" };

    [Theory]
    [InlineData("Try {call}.", "Try `f([])`.")]
    [InlineData("Try `{call}`.", "Try `f([])`.")]
    [InlineData("Try `print({call})`.", "Try `print(f([]))`.")]
    [InlineData("The test \"{test}\".", "The test \"an empty list\".")]
    [InlineData("It gave {actual} {exception}.", "It gave `0`.")]
    [InlineData("It gave {actual}. It stopped with {exception} in line {line}. Why?", "It gave `0`. Why?")]
    [InlineData("A dict {name} stays.", "A dict {name} stays.")]
    public void A_wrong_value_fills_its_placeholders(string rung, string said) => Assert.Equal(said, RungText.Fill(rung, Wrong));

    [Theory]
    [InlineData("It gave {actual} {exception}.", "It gave `IndexError`.")]
    [InlineData("It gave {actual}, not {expected}.", "It gave `IndexError`, not `None`.")]
    [InlineData("Look at line {line}.", "Look at line 4.")]
    public void An_exception_fills_its_placeholders(string rung, string said) => Assert.Equal(said, RungText.Fill(rung, Raised));

    [Theory]
    [InlineData("Take `{call}` and follow it by hand.", "Take a call of your own (an empty list) and follow it by hand.")]
    [InlineData("It should give {expected}. Look at line {line}.", "Look at the line where it stops.")]
    [InlineData("Line {line} asks for {exception}. The line: {line}.", "The line where it stops asks for `IndexError`.")]
    [InlineData("It gave {actual}.", "")]
    public void A_hidden_test_is_spoken_of_in_words(string rung, string said) => Assert.Equal(said, RungText.Fill(rung, Hidden));

    [Fact]
    public void Code_blocks_tables_and_lists_keep_their_lines()
    {
        const string rung = "First {call}.\nSecond.\n\n```python\nprint({call})   # a. B\n```\n\n1. Try {call}\n2. See line {line}.\n3. Done.\n\n| a | b |\n|---|---|\n| {actual} | 1 |";

        Assert.Equal(
            "First `f([])`. Second.\n\n```python\nprint(f([]))   # a. B\n```\n\n1. Try `f([])`\n3. Done.\n\n| a | b |\n|---|---|\n| `0` | 1 |",
            RungText.Fill(rung, Wrong));
    }

    [Theory]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("'two\n  lines'", "`'two lines'`")]
    [InlineData("<script>**x**</script>", "`<script>**x**</script>`")]
    public void A_value_cannot_leave_its_code_span(string value, string said) => Assert.Equal(said, CodeSpan.Of(value));

    [Fact]
    public void A_long_value_is_cut() => Assert.Equal(160 + 3 + 2, CodeSpan.Of(new string('x', 5000)).Length);

    [Fact]
    public void A_value_that_looks_like_a_placeholder_is_not_filled_again() =>
        Assert.Equal("It gave `'{expected}'`.", RungText.Fill("It gave {actual}.", Wrong with { Actual = "'{expected}'" }));
}
