using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Inference.Hosts;

/// <summary>Answers as servers of the field send them.</summary>
public sealed class ForeignAnswerTests
{
    private const string Hint = "Look at the first test. What does your function hand back?";

    public static TheoryData<string, string> WellMeant { get; } = new()
    {
        { "an unknown reason", RawModelHost.Stream([Hint], "eos") },
        { "an empty reason and the end mark", RawModelHost.Stream([Hint], "") },
        { "an empty reason beside every piece", RawModelHost.Chunk(Hint[..10], "") + RawModelHost.Chunk(Hint[10..], "") + RawModelHost.Chunk("", "") },
        { "the end mark alone", RawModelHost.Stream([Hint], null) },
        { "no end mark", RawModelHost.Chunk(Hint) + RawModelHost.Chunk("", "stop") },
        { "nulls and fractions", $$$"""data: {"id":null,"object":null,"created":1700000000.5,"model":null,"choices":[{"index":null,"delta":{"content":"{{{Hint}}}"},"finish_reason":null}]}""" + "\n\ndata: [DONE]\n\n" },
        { "one piece of JSON", $$"""{"id":"c","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{Hint}}"},"finish_reason":"stop"}]}""" },
        { "indented JSON without a reason", $$"""
            {
              "choices": [ { "message": { "content": "{{Hint}}" } } ]
            }
            """ },
        { "lines of JSON without data", $$$"""{"choices":[{"delta":{"content":"{{{Hint}}}"}}]}""" + "\n" + """{"choices":[{"delta":{},"finish_reason":"stop"}]}""" },
        { "a list of parts", $$$"""data: {"choices":[{"delta":{"content":[{"type":"text","text":"{{{Hint}}}"}]}}]}""" + "\n\ndata: [DONE]\n\n" },
        { "no blank lines, CR LF and comments", $": hello\r\n{RawModelHost.Stream([Hint]).Replace("\n\n", "\r\n", StringComparison.Ordinal)}: bye" },
        { "no blank after data and a byte order mark", "\ufeff" + RawModelHost.Stream([Hint]).Replace("data: ", "data:", StringComparison.Ordinal) },
        { "an event without its last line end", RawModelHost.Stream([Hint]).TrimEnd() },
        { "fields nobody knows", "event: message\nid: 1\nretry: 5\n" + RawModelHost.Stream([Hint]) },
        { "thoughts in a field of their own", """data: {"choices":[{"delta":{"reasoning_content":"Hm."}}]}""" + "\n\n" + RawModelHost.Stream([Hint]) },
        { "a text completion", $$$"""data: {"choices":[{"text":"{{{Hint}}}","finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n" },
    };

    public static TheoryData<string, string> Damaged { get; } = new()
    {
        { "no end at all", RawModelHost.Chunk(Hint) },
        { "an error in the middle", RawModelHost.Chunk(Hint) + "data: {\"error\":{\"message\":\"boom zebrafish\",\"code\":500}}\n\n" },
        { "given up", RawModelHost.Chunk(Hint) + RawModelHost.Chunk("", "abort") },
        { "no JSON", RawModelHost.Chunk(Hint) + "data: {\"choices\":[{\"delta\"\n\n" },
        { "a page", "<html><body>Sign in zebrafish</body></html>" },
        { "nothing", "" },
    };

    [Theory]
    [MemberData(nameof(WellMeant))]
    public async Task An_answer_in_another_form_is_an_answer(string form, string body)
    {
        await using var host = await RawModelHost.SendingAsync(body);
        using var bench = new PoolBench(host.Url);

        var answer = await bench.AskAsync();

        Assert.True((Hint, ChatFinishReason.Stop) == (answer.Text, answer.End), $"{form}: {answer.End}, {answer.Text}");
        Assert.Equal((1L, 0L, null), (bench.Status().Answers, bench.Status().Failures, bench.Status().LastError));
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task A_broken_answer_fails_in_words_of_Tutors_own(string form, string body)
    {
        await using var host = await RawModelHost.SendingAsync(body);
        using var bench = new PoolBench(host.Url);

        var failure = await bench.FailAsync();

        Assert.True(bench.Status() is { Failures: 1, IsUp: false, LastError: not null }, form);
        Assert.DoesNotContain("zebrafish", $"{failure} {string.Join('\n', bench.Log)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sse-think-inline.txt", "stop")]
    [InlineData("sse-think-no-open.txt", "stop")]
    [InlineData("sse-end-token.txt", "stop")]
    [InlineData("sse-next-turn.txt", "stop")]
    [InlineData("sse-finish-reason-eos.txt", "stop")]
    [InlineData("sse-null-fields.txt", "stop")]
    [InlineData("body-ignores-stream.json", "stop")]
    [InlineData("sse-tool-call-as-text.txt", "stop", "")]
    [InlineData("sse-length.txt", "length", "Look at the first paragraph. Who would disagree and what would they say ag")]
    public async Task The_answers_that_were_reported_of_other_servers_are_read(string file, string end, string expected = Hint)
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        await using var host = await RawModelHost.SendingAsync(await File.ReadAllTextAsync(Path.Combine(SharedData.Folder, "faults", file), TestContext.Current.CancellationToken));
        using var bench = new PoolBench(host.Url);

        var answer = await bench.AskAsync();

        Assert.Equal((expected, end), (answer.Text.Trim(), answer.End?.Value));
    }

    [Theory]
    [InlineData("<tool_call>{}</tool_call>", "stop", "without a word for the reader")]
    [InlineData("<think>I must not say", "length", "without a word for the reader")]
    [InlineData("", "stop", "ended without a word.")]
    public async Task An_answer_of_which_nothing_is_left_is_no_good_one(string text, string end, string words)
    {
        await using var host = await RawModelHost.SendingAsync(RawModelHost.Stream([text], end));
        using var bench = new PoolBench(host.Url);

        Assert.Equal("", (await bench.AskAsync()).Text);
        Assert.True(bench.Status() is { Answers: 0, Failures: 1, IsUp: true });
        Assert.Contains(words, bench.Status().LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_emoji_in_each_of_two_chunks_is_one()
    {
        const string Half = """data: {"choices":[{"delta":{"content":"\uXXXX"}}]}""";
        await using var host = await RawModelHost.SendingAsync(
            $"{Half.Replace("XXXX", "d83d", StringComparison.Ordinal)}\n\n{Half.Replace("XXXX", "de42", StringComparison.Ordinal)}\n\n{RawModelHost.Stream([" Well \"done\"\n"])}");
        using var bench = new PoolBench(host.Url);

        Assert.Equal("\ud83d\ude42 Well \"done\"\n", (await bench.AskAsync()).Text);
    }

    [Fact]
    public async Task A_host_whose_thoughts_only_end_with_a_mark_never_shows_one_and_is_remembered()
    {
        await using var host = await RawModelHost.SendingAsync(RawModelHost.Stream([.. "Okay, the student forgot to add.".Chunk(4).Select(piece => new string(piece)), "</think>", Hint]));
        using var bench = new PoolBench(host.Url);

        var answers = new[] { await bench.AskAsync(), await bench.AskAsync() };

        Assert.All(answers, answer => Assert.Equal((Hint, 0), (answer.Text, answer.Restarts.Count)));
        Assert.Contains(bench.Status().Habits, words => words.Contains("thoughts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thoughts_of_a_host_that_was_said_to_have_none_are_taken_back_in_words()
    {
        await using var host = await RawModelHost.SendingAsync(RawModelHost.Stream(["Okay, the student ", "forgot to add.", "</think>", Hint]));
        using var bench = new PoolBench(options => options.Hosts[0].ThinksFirst = false, host.Url);

        var first = await bench.AskAsync();
        var second = await bench.AskAsync();

        Assert.Equal((Hint, 1), (first.Text, first.Restarts.Count));
        Assert.Equal((Hint, 0), (second.Text, second.Restarts.Count));
    }

    [Fact]
    public async Task Tokens_that_a_host_counts_absurdly_or_not_at_all_are_estimated_and_said_to_be()
    {
        var usages = new Queue<string>(["""{"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":50}}""", """{"prompt_tokens":-5,"completion_tokens":1e18}""", "null"]);
        await using var host = await RawModelHost.StartAsync((context, _) => RawModelHost.SendAsync(context,
            RawModelHost.Chunk(Hint, "stop") + $"data: {{\"choices\":[],\"usage\":{usages.Dequeue()}}}\n\ndata: [DONE]\n\n"));
        using var bench = new PoolBench(host.Url);

        await bench.AskAsync();
        var counted = Assert.Single(bench.Record.Parts);
        await bench.AskAsync();
        var absurd = Assert.Single(bench.Record.Parts);
        await bench.AskAsync();
        var none = Assert.Single(bench.Record.Parts);

        Assert.Equal((100, 50, 20, 50 * 2 + 50 + 20 * 10L, false), (counted.Input, counted.Cached, counted.Output, counted.CostMicro, counted.Estimated));
        Assert.All([absurd, none], part => Assert.True(part is { Estimated: true, Input: > 0 and < 100, Output: > 0 and < 100, CostMicro: > 0 }));
    }
}
