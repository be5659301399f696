using System.Text.Json;
using Tutor.Inference.Engine;
using Tutor.Inference.Sampling;

namespace Tutor.UnitTests.Inference.Sampling;

public sealed class GrammarTests
{
    private const string Verdict =
        """
        root ::= "{\"score\": " ("0" | [1-9] [0-9]?) ", \"hints\": [" (text (", " text)?)? "]}"
        text ::= "\"" [a-z é]{0,12} "\""
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_under_a_grammar_parses_whatever_the_model_would_say()
    {
        await using var engine = await TestEngine.ExactAsync();
        var sampling = new SamplingOptions { Temperature = 1.5f, TopK = 0, TopP = 1, MinP = 0 };

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => engine.AnswerAsync(
            new GenerationRequest
            {
                Prompt = [PromptSegment.Plain($"{i} grade this")],
                Grammar = Verdict,
                MaxTokens = 200,
                Sampling = i == 0 ? SamplingOptions.Greedy : sampling with { Seed = (ulong)i },
            }, Cancel)));

        Assert.All(answers, answer =>
        {
            using var json = JsonDocument.Parse(answer.Text);
            Assert.InRange(json.RootElement.GetProperty("score").GetInt32(), 0, 99);
            Assert.True(json.RootElement.GetProperty("hints").GetArrayLength() <= 2);
            Assert.Equal(FinishReason.Stop, answer.End.Reason);
        });
    }

    [Fact]
    public async Task A_grammar_takes_the_best_token_it_allows()
    {
        await using var engine = await TestEngine.ScriptedAsync();

        var answer = await engine.AnswerAsync(TestEngine.Ask("hello") with { Grammar = "root ::= \"Find\" \" a\" .*" }, Cancel);

        Assert.Equal("Find a base case first✓ café?", answer.Text);
    }

    [Theory]
    [InlineData("answer ::= \"a\"", "no rule called root")]
    [InlineData("root ::= \"a\" word", "uses the rule word")]
    [InlineData("root ::= root \"a\"", "left recursion")]
    [InlineData("root ::= \"a\"{99999}", "repetitions")]
    [InlineData("root ::= \"a", "not closed")]
    [InlineData("root ::= (\"a\"", "do not match")]
    [InlineData("root ::= \"a\" | | * b\nb ::= c\nc ::= ]", "parse")]
    public async Task A_grammar_that_cannot_be_used_is_refused_with_the_reason(string grammar, string reason)
    {
        await using var engine = await TestEngine.ScriptedAsync();

        var error = await Assert.ThrowsAsync<GrammarException>(() => engine.AnswerAsync(TestEngine.Ask("x") with { Grammar = grammar }, Cancel));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, engine.Metrics.Steps);
    }

    [Fact]
    public async Task What_looks_like_a_rule_inside_texts_classes_and_comments_is_none()
    {
        await using var engine = await TestEngine.ScriptedAsync();
        const string grammar =
            """
            # words here, "and (here, are not rules
            root ::= "Find" other-part{1,2} # ([
            other-part ::= " \"word\"(" | " a" [a-z\]] {0,3} | " a base" .*
            """;

        var answer = await engine.AnswerAsync(TestEngine.Ask("hello") with { Grammar = grammar, MaxTokens = 3 }, Cancel);

        Assert.StartsWith("Find a", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grammars_built_to_exhaust_the_parser_are_refused()
    {
        await using var engine = await TestEngine.ScriptedAsync();
        string[] hostile =
        [
            "root ::= " + new string('(', 100_000) + "\"a\"" + new string(')', 100_000),
            "root ::= \"" + new string('a', 300_000) + "\"",
            string.Concat(Enumerable.Range(0, 6_000).Select(i => $"r{i} ::= r{i + 1}\n")) + "r6000 ::= \"a\"\nroot ::= r0",
            "root ::= \"a\0b\"",
        ];

        foreach (var grammar in hostile) await Assert.ThrowsAsync<GrammarException>(() => engine.AnswerAsync(TestEngine.Ask("x") with { Grammar = grammar }, Cancel));
    }

    [Fact]
    public async Task A_grammar_that_no_token_can_follow_fails_alone()
    {
        await using var engine = await TestEngine.ScriptedAsync();
        var forbidden = SamplingOptions.Greedy with { LogitBias = Enumerable.Range(0, engine.Info.VocabularySize).ToDictionary(token => token, _ => float.NegativeInfinity) };

        var beside = engine.AnswerAsync(TestEngine.Ask("my loops"), Cancel);
        await Assert.ThrowsAsync<GrammarException>(() => engine.AnswerAsync(TestEngine.Ask("x") with { Grammar = "root ::= \"a\"", Sampling = forbidden }, Cancel));

        Assert.Equal("Look at your counter before the exit test!", (await beside).Text);
        Assert.Equal(1, engine.Metrics.Failed);
        Assert.Empty(await engine.AuditAsync());
    }
}
