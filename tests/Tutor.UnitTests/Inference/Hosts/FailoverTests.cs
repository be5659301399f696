using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Tutor.Core.Hints;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Inference.Hosts;

public sealed class FailoverTests
{
    private const string Begun = "Your loop visits every amount, and that part is right. What can there be?";

    [Theory]
    [InlineData(" Think of an empty list.", Begun + " Think of an empty list.")]
    [InlineData(Begun + " Think of an empty list.", Begun + " Think of an empty list.")]
    [InlineData("think of an empty list.", Begun + " think of an empty list.")]
    public async Task The_text_goes_on_at_another_host_without_a_repeat_or_glue(string second, string whole)
    {
        await using var hosts = await TwoAsync(second);
        using var bench = Bench(hosts);

        var answer = await bench.AskAsync();

        Assert.Equal((whole, 0), (answer.Text, answer.Restarts.Count));
    }

    [Fact]
    public async Task A_host_that_does_not_go_on_is_asked_anew_the_reader_is_told_and_it_is_remembered()
    {
        const string Own = "Consider what happens with an empty input.";
        await using var hosts = await TwoAsync(Own);
        using var bench = Bench(hosts);

        var answer = await bench.AskAsync();

        Assert.Equal(Own, answer.Text);
        Assert.Equal([ModelCall.AnotherHost], answer.Restarts);
        // The first question, the one with the text to go on with, and the one without it.
        Assert.Equal(["assistant", "user", "user"], hosts.First.Bodies.Concat(hosts.Second.Bodies).Select(body => (string?)body["messages"]!.AsArray()[^1]!["role"]).Order());
        Assert.Contains(bench.Pool.Status, status => status.Habits.Any(words => words.Contains("begin anew", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_hosts_tokens_are_counted_and_an_estimate_is_called_one()
    {
        await using var hosts = await TwoAsync(" Think of an empty list.");
        using var bench = Bench(hosts);

        await bench.AskAsync();

        Assert.Equal([true, true], bench.Record.Parts.Select(part => part is { Input: > 0, Output: > 0, CostMicro: > 0, Estimated: true }));
        Assert.Equal(2, bench.Record.Parts.Select(part => part.Host).Distinct().Count());
        Assert.Equal([false, true], bench.Record.Parts.Select(part => part.Note.Length == 0));
    }

    [Fact]
    public async Task An_answer_that_nobody_reads_to_its_end_is_counted_as_well()
    {
        await using var host = await RawModelHost.SendingAsync(RawModelHost.Stream(["Look ", "at ", "it ", "again."]));
        using var bench = new PoolBench(options => options.Hosts[0].ThinksFirst = false, host.Url);
        var record = new CallRecord();

        await foreach (var _ in bench.Pool.GetStreamingResponseAsync(
            [new(ChatRole.User, "Why?")], new() { AdditionalProperties = new() { [ModelCall.Record] = record } }, TestContext.Current.CancellationToken)) break;

        Assert.True(Assert.Single(record.Parts) is { Estimated: true, Input: > 0, Output: > 0, CostMicro: > 0 });
    }

    private static PoolBench Bench(Pair hosts) => new(options =>
    {
        foreach (var host in options.Hosts) host.ThinksFirst = false;
    }, hosts.First.Url, hosts.Second.Url);

    // Whichever is asked first breaks off in the middle.
    private static async Task<Pair> TwoAsync(string second)
    {
        var calls = 0;
        async Task Script(HttpContext context, JsonObject body)
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await RawModelHost.SendAsync(context, RawModelHost.Chunk(Begun[..30]) + RawModelHost.Chunk(Begun[30..]));
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(200, context.RequestAborted);
                context.Abort();
            }
            else
            {
                await RawModelHost.SendAsync(context, RawModelHost.Stream([second]));
            }
        }
        var one = await RawModelHost.StartAsync(Script);
        var two = await RawModelHost.StartAsync(Script);
        return new(one, two);
    }

    private sealed record Pair(RawModelHost First, RawModelHost Second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
        }
    }
}
