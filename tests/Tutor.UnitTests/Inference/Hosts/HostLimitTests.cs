using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Inference.Hosts;

public sealed class HostLimitTests
{
    [Fact]
    public async Task Words_without_end_are_cut_at_what_was_asked_for_and_counted_against_the_host()
    {
        await using var host = await RawModelHost.StartAsync(async (context, _) =>
        {
            while (true) await RawModelHost.SendAsync(context, RawModelHost.Chunk("word "));
        });
        using var bench = new PoolBench(host.Url);

        var answer = await bench.AskAsync(most: 100);

        Assert.Equal(ChatFinishReason.Length, answer.End);
        Assert.InRange(answer.Text.Length, 700, 800);
        Assert.True(bench.Status() is { Failures: 1, IsUp: true, Running: 0, LastError: not null });
        Assert.True(Assert.Single(bench.Record.Parts) is { Estimated: true, Output: > 150, Note.Length: > 0 });
    }

    [Theory]
    [InlineData("one word now and then", "word ")]
    [InlineData("thoughts now and then", "<think>")]
    public async Task A_slow_answer_ends_at_the_limit_of_the_whole_answer(string what, string piece)
    {
        await using var host = await RawModelHost.StartAsync(async (context, _) =>
        {
            while (true)
            {
                await RawModelHost.SendAsync(context, RawModelHost.Chunk(piece));
                await Task.Delay(300, context.RequestAborted);
            }
        });
        using var bench = new PoolBench(options => options.AnswerSeconds = 2, host.Url);
        var watch = Stopwatch.StartNew();

        var answer = await bench.AskAsync();

        Assert.True(answer.End == ChatFinishReason.Length && watch.Elapsed < TimeSpan.FromSeconds(8), $"{what}: {answer.End} after {watch.Elapsed}");
        Assert.Equal(piece == "word ", answer.Text.Length > 0);
    }

    [Theory]
    [InlineData("""data: {"choices":[{"delta":{"content":""}}]}""")]
    [InlineData("""data: {"choices":[{"delta":{"role":"assistant"}}]}""")]
    [InlineData("""data: {"choices":[]}""")]
    [InlineData(": still here")]
    public async Task Pieces_without_text_do_not_keep_a_slot(string line)
    {
        await using var host = await RawModelHost.StartAsync(async (context, _) =>
        {
            while (true)
            {
                await RawModelHost.SendAsync(context, line + "\n\n");
                await Task.Delay(100, context.RequestAborted);
            }
        });
        using var bench = new PoolBench(options => options.FirstTokenSeconds = 1, host.Url);
        var watch = Stopwatch.StartNew();

        await bench.FailAsync();

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 6);
        Assert.Contains("No text came", bench.Status().LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"", 200, "line longer than 64 KB")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"", 200, "line longer than 256 KB")]
    [InlineData(": comment\n", 200, "more than 4 MB")]
    [InlineData("{\"error\":{\"message\":\"zebrafish ", 500, "HTTP 500")]
    public async Task A_body_without_end_is_given_up_before_it_fills_the_memory(string begin, int status, string words)
    {
        await using var host = await RawModelHost.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = status;
            var block = new string('x', 16 * 1024) + (begin.EndsWith('\n') ? "\n" : "");
            await context.Response.WriteAsync(begin, context.RequestAborted);
            while (true) await context.Response.WriteAsync(block, context.RequestAborted);
        });
        using var bench = new PoolBench(host.Url);

        var failure = await bench.FailAsync();

        Assert.Contains(words, bench.Status().LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("zebrafish", $"{failure} {string.Join('\n', bench.Log)}", StringComparison.Ordinal);
        Assert.Equal(0, bench.Status().Running);
    }

    [Fact]
    public async Task An_error_whose_text_never_comes_is_an_error_by_its_status()
    {
        await using var host = await RawModelHost.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = 502;
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var bench = new PoolBench(host.Url);

        await bench.FailAsync();

        Assert.Equal("HTTP 502.", bench.Status().LastError);
    }

    [Fact]
    public async Task A_piece_of_many_characters_is_cut_to_what_was_asked_for()
    {
        await using var host = await RawModelHost.SendingAsync(RawModelHost.Stream([new string('a', 50_000)]));
        using var bench = new PoolBench(host.Url);

        Assert.Equal(8 * 100, (await bench.AskAsync(most: 100)).Text.Length);
    }

    [Fact]
    public async Task A_host_that_says_nothing_more_behind_its_end_is_not_waited_for()
    {
        await using var host = await RawModelHost.StartAsync(async (context, _) =>
        {
            await RawModelHost.SendAsync(context, RawModelHost.Chunk("Look again.") + RawModelHost.Chunk("", "stop"));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var bench = new PoolBench(options => options.InterTokenSeconds = 60, host.Url);
        var watch = Stopwatch.StartNew();

        Assert.Equal(("Look again.", ChatFinishReason.Stop), ((await bench.AskAsync()) is var answer ? (answer.Text, answer.End!.Value) : default));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
        Assert.Equal(0, bench.Status().Failures);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_and_said_so(int status)
    {
        await using var other = await RawModelHost.SendingAsync(RawModelHost.Stream(["Stolen."]));
        await using var host = await RawModelHost.StartAsync((context, _) =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (status, $"{other.Url}/chat/completions");
            return Task.CompletedTask;
        });
        using var bench = new PoolBench(host.Url);

        await bench.FailAsync();

        Assert.Equal((0, 0), (other.Calls, other.Elsewhere.Count));
        Assert.Contains("redirects", bench.Status().LastError, StringComparison.Ordinal);
    }
}
