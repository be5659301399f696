using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Tutor.Inference.Sampling;
using Tutor.Inference.Schemas;

namespace Tutor.UnitTests.Inference.Sampling;

public sealed class GrammarCheckTests
{
    [Theory]
    [InlineData("root ::= \"a\" | [^\\]] name\nname ::= \"(\" #(\n", null)]
    [InlineData("root ::= \"a\"{2000} | (\"b\"){1,3}", null)]
    [InlineData("root   ::= <think> <[42]> \"x\"", null)]
    [InlineData("root ::= \"a\"{2001}", "repetitions")]
    [InlineData("root ::= \"a\"{ 1, 999999999999}", "repetitions")]
    [InlineData("root ::= \"a", "not closed")]
    [InlineData("root ::= [a-z", "not closed")]
    [InlineData("root ::= \"\\", "not closed")]
    [InlineData("root ::= (\"a\"", "do not match")]
    [InlineData("root ::= other", "the rule other")]
    [InlineData("start ::= \"a\"", "called root")]
    [InlineData("root ::= \"a\" )\"b\"", "do not match")]
    public void A_grammar_is_taken_or_refused_with_the_reason(string grammar, string? reason)
    {
        var error = Record.Exception(() => GrammarCheck.Check(grammar));

        if (reason is null) Assert.Null(error);
        else Assert.Contains(reason, Assert.IsType<GrammarException>(error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("{ ")]
    [InlineData("{1,")]
    [InlineData("a ")]
    [InlineData("a-")]
    [InlineData("<")]
    [InlineData("<[")]
    [InlineData("[")]
    [InlineData("\\")]
    [InlineData("\"")]
    [InlineData("#")]
    [InlineData("a ::=")]
    [InlineData("(")]
    public void However_a_grammar_is_made_up_looking_at_it_takes_its_length(string piece)
    {
        var grammar = "root ::= \"a\"" + string.Concat(Enumerable.Repeat(piece, 250_000 / piece.Length));
        var began = Stopwatch.GetTimestamp();

        Record.Exception(() => GrammarCheck.Check(grammar));

        // A thousandth of this on a machine that does nothing else.
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Whatever_a_caller_sends_as_a_grammar_is_taken_or_refused_in_words() =>
        Gen.Char["ab-0 \n{},()[]\"\\<>#:=|*?"].Array[0, 60].Select(letters => new string(letters)).Sample(grammar =>
            Record.Exception(() => GrammarCheck.Check($"root ::= {grammar}")) is null or GrammarException { Message.Length: < 400 });

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [InlineData(4_000, false)]
    public void Groups_of_a_pattern_are_nested_a_hundred_deep_at_most(int depth, bool taken)
    {
        var error = Record.Exception(() => FromPattern($"^{new string('(', depth)}a{new string(')', depth)}$"));

        if (taken) Assert.Null(error);
        else Assert.IsType<UnsupportedSchemaException>(error);
    }

    [Fact]
    public void Whatever_a_caller_sends_as_a_pattern_is_taken_or_refused_in_words() =>
        Gen.Char["ab(|)[]^$.*+?{},0-9\\dwsu:"].Array[0, 60].Select(letters => new string(letters)).Sample(pattern =>
            Record.Exception(() => FromPattern(pattern)) is null or UnsupportedSchemaException);

    private static string FromPattern(string pattern) =>
        JsonSchemaGrammar.From(JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["type"] = "string", ["pattern"] = pattern }));
}
