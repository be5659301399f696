using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Hints;
using Tutor.Inference.Hosts;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Inference;

public sealed class ModelPoolTests
{
    private const string Words = "Look at what the loop does on its last pass, then compare it with the task.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_streams_with_its_host_tokens_and_price()
    {
        await using var host = await ScriptedModelHost.SayingAsync(Words);
        using var pool = Pool(limits => { }, (host.Url, 4));

        var record = new CallRecord();
        var updates = await AskAsync(pool, record: record);

        Assert.Equal(Words, Text(updates));
        Assert.All(updates, update => Assert.Equal("host-1", update.AdditionalProperties![ModelCall.Host]));
        var usage = updates.SelectMany(update => update.Contents).OfType<UsageContent>().Single().Details;
        var (input, cached, output) = (usage.InputTokenCount!.Value, usage.CachedInputTokenCount!.Value, usage.OutputTokenCount!.Value);
        var part = Assert.Single(record.Parts);
        Assert.Equal(((input - cached) * 2) + (cached * 1) + (output * 10), part.CostMicro);
        Assert.Equal((input, cached, output, false), (part.Input, part.Cached, part.Output, part.Estimated));
    }

    [Theory]
    [InlineData("refuses")]
    [InlineData("breaks off")]
    [InlineData("falls silent")]
    public async Task When_a_host_fails_the_next_one_goes_on_from_the_text_received(string failure)
    {
        var bad = new ScriptedReply(Words) { ChunkSize = 5 };
        bad = failure switch
        {
            "refuses" => bad with { Status = 503 },
            "breaks off" => bad with { BreakAfter = 25 },
            _ => bad with { HangAfter = 25 },
        };
        // Whichever of the two is asked first fails; the second call is answered in full.
        var calls = 0;
        ScriptedReply Script(ScriptedCall call) => Interlocked.Increment(ref calls) == 1 ? bad : new ScriptedReply(Words);
        await using var one = await ScriptedModelHost.StartAsync(Script);
        await using var two = await ScriptedModelHost.StartAsync(Script);
        using var pool = Pool(limits => limits.InterTokenSeconds = 1, (one.Url, 1), (two.Url, 1));

        var updates = await AskAsync(pool);

        Assert.Equal(Words, Text(updates));
        Assert.Equal(1, pool.Status.Count(status => !status.IsUp));
    }

    [Fact]
    public async Task Time_that_the_caller_takes_over_a_token_is_not_the_hosts_silence()
    {
        await using var host = await ScriptedModelHost.StartAsync(_ => new ScriptedReply(Words) { ChunkSize = 5, ChunkDelay = TimeSpan.FromMilliseconds(100) });
        using var pool = Pool(limits => limits.InterTokenSeconds = 1, (host.Url, 1));

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in pool.GetStreamingResponseAsync([new(ChatRole.User, "My loop is wrong.")], cancellationToken: Cancel))
        {
            updates.Add(update);
            if (updates.Count == 3) await Task.Delay(TimeSpan.FromSeconds(1.2), Cancel);
        }

        Assert.Equal(Words, Text(updates));
        Assert.True(Assert.Single(pool.Status).IsUp);
    }

    [Fact]
    public async Task Without_a_host_that_answers_the_call_ends_with_a_reason()
    {
        await using var host = await ScriptedModelHost.StartAsync(_ => new ScriptedReply("") { Status = 500 });
        using var failing = Pool(limits => { }, (host.Url, 1));
        using var none = Pool(limits => { });

        var failed = await Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(failing));
        var missing = await Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(none));

        Assert.Contains("host-1", failed.Message, StringComparison.Ordinal);
        Assert.Contains("No model host is configured", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_never_writes_more_answers_at_once_than_it_has_slots()
    {
        await using var host = await ScriptedModelHost.StartAsync(_ => new ScriptedReply(Words) { ChunkDelay = TimeSpan.FromMilliseconds(5) });
        using var pool = Pool(limits => { }, (host.Url, 3));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(pool)));

        Assert.All(answers, updates => Assert.Equal(Words, Text(updates)));
        Assert.Equal(3, host.MostRunning);
        Assert.Equal(0, pool.Status.Single().Running);
    }

    [Fact]
    public async Task Calls_with_one_affinity_go_to_one_host()
    {
        await using var one = await ScriptedModelHost.SayingAsync(Words);
        await using var two = await ScriptedModelHost.SayingAsync(Words);
        using var pool = Pool(limits => { }, (one.Url, 4), (two.Url, 4));

        for (var call = 0; call < 6; call++) await AskAsync(pool, "course-version-1");

        Assert.Equal([0, 6], new[] { one.Calls, two.Calls }.Order());
    }

    [Fact]
    public async Task A_host_with_more_than_its_share_of_the_load_passes_calls_on()
    {
        static ScriptedReply Script(ScriptedCall call) => new(Words) { ChunkSize = 4, ChunkDelay = TimeSpan.FromMilliseconds(20) };
        await using var one = await ScriptedModelHost.StartAsync(Script);
        await using var two = await ScriptedModelHost.StartAsync(Script);
        using var pool = Pool(limits => { }, (one.Url, 8), (two.Url, 8));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(pool, "course-version-1")));

        // The share of each is four, and a quarter more is allowed; without the bound all eight would meet at one host.
        Assert.Equal([3, 5], new[] { one.MostRunning, two.MostRunning }.Order());
    }

    [Fact]
    public async Task A_host_that_is_taken_out_gets_nothing_more_until_it_is_put_back()
    {
        await using var one = await ScriptedModelHost.SayingAsync(Words);
        await using var two = await ScriptedModelHost.SayingAsync(Words);
        using var pool = Pool(limits => { }, (one.Url, 4), (two.Url, 2));

        pool.TakeOut(["host-1"]);
        for (var call = 0; call < 6; call++) await AskAsync(pool, $"course-{call}");
        var slots = pool.Slots;
        pool.TakeOut(["host-1", "host-2"]);
        var none = await Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(pool));
        pool.TakeOut([]);
        await AskAsync(pool);

        Assert.Equal((2, 7), (slots, one.Calls + two.Calls));
        Assert.True(two.Calls >= 6, $"The host that was out was asked {one.Calls} times.");
        Assert.Contains("taken out by an operator", none.Message, StringComparison.Ordinal);
        Assert.Equal(6, pool.Slots);
    }

    [Fact]
    public async Task A_hosts_figures_tell_what_it_wrote_read_and_failed_in()
    {
        var calls = 0;
        await using var host = await ScriptedModelHost.StartAsync(_ => Interlocked.Increment(ref calls) == 2 ? new ScriptedReply("") { Status = 500 } : new ScriptedReply(Words) { ChunkSize = 5 });
        using var pool = Pool(limits => limits.BreakSeconds = 60, (host.Url, 1));

        var read = (await AskAsync(pool)).SelectMany(update => update.Contents).OfType<UsageContent>().Single().Details;
        await Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(pool));

        var status = pool.Status.Single();
        Assert.Equal((1L, 1L, false), (status.Answers, status.Failures, status.IsUp));
        Assert.Equal((read.InputTokenCount, read.CachedInputTokenCount), (status.InputTokens, status.CachedTokens));
        Assert.Equal(Math.Ceiling(Words.Length / 5.0) / 15, status.TokensPerSecond, 3);
    }

    [Fact]
    public async Task An_unhealthy_host_is_not_asked()
    {
        await using var host = await ScriptedModelHost.SayingAsync(Words);
        host.Healthy = false;
        using var pool = Pool(limits => { }, (host.Url, 1));

        await pool.CheckAllAsync(Cancel);
        await Assert.ThrowsAsync<ModelUnavailableException>(() => AskAsync(pool));
        host.Healthy = true;
        await pool.CheckAllAsync(Cancel);

        Assert.Equal(Words, Text(await AskAsync(pool)));
        Assert.Equal(1, host.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_health_check_without_answer_counts_only_while_the_host_writes_nothing(bool wrote)
    {
        await using var host = await ScriptedModelHost.SayingAsync(Words);
        host.HealthHangs = true;
        using var pool = Pool(limits => { }, (host.Url, 1));
        if (wrote) await AskAsync(pool);

        await pool.CheckAllAsync(Cancel);

        Assert.Equal(wrote, pool.Status.Single().IsUp);
    }

    private static ModelPool Pool(Action<ModelHostsOptions> limit, params (Uri Url, int Slots)[] hosts)
    {
        var options = new ModelHostsOptions();
        foreach (var (url, slots) in hosts)
            options.Hosts.Add(new() { Name = $"host-{options.Hosts.Count + 1}", Url = url, Slots = slots, ThinksFirst = false, InputPrice = 2, CachedPrice = 1, OutputPrice = 10 });
        limit(options);
        return new(Options.Create(options), TimeProvider.System, NullLogger<ModelPool>.Instance);
    }

    private static async Task<List<ChatResponseUpdate>> AskAsync(ModelPool pool, string affinity = "", CallRecord? record = null)
    {
        var updates = new List<ChatResponseUpdate>();
        var options = new ChatOptions { AdditionalProperties = new() { [ModelCall.Affinity] = affinity, [ModelCall.Record] = record } };
        await foreach (var update in pool.GetStreamingResponseAsync([new(ChatRole.User, "My loop is wrong.")], options, Cancel))
            updates.Add(update);
        return updates;
    }

    private static string Text(IEnumerable<ChatResponseUpdate> updates) => string.Concat(updates.Select(update => update.Text));
}
