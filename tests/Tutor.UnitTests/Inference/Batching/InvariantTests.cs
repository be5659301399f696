using CsCheck;
using Tutor.Inference.Engine;
using Tutor.UnitTests.Inference.Engine;

namespace Tutor.UnitTests.Inference.Batching;

/// <summary>What must hold whatever comes at once. On 32 bit weights and exact arithmetic, so that equal means equal.</summary>
public sealed class InvariantTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_in_a_batch_are_those_given_alone()
    {
        await using var alone = await TestEngine.ExactAsync(options => options with { Slots = 1, CachedSequences = 0 });
        await using var together = await TestEngine.ExactAsync(options => options with { Slots = 8, CachedSequences = 0, PrefillChunk = 16 });
        var prompts = Enumerable.Range(0, 8).Select(i => string.Concat(Enumerable.Repeat($"{(char)('a' + i)} question {i * 7} ", i + 1))).ToList();

        var expected = new List<int[]>();
        foreach (var prompt in prompts) expected.Add([.. (await alone.AnswerAsync(LlamaEngineTests.Free(alone, prompt, 40), Cancel)).Tokens]);
        var answers = await Task.WhenAll(prompts.Select(prompt => together.AnswerAsync(LlamaEngineTests.Free(together, prompt, 40), Cancel)));

        Assert.Equal(expected, answers.Select(answer => answer.Tokens.ToArray()));
        Assert.True(together.Metrics.StepSequences > 3 * together.Metrics.Steps, "They were computed together.");
    }

    [Fact]
    public async Task An_answer_behind_a_shared_beginning_is_that_from_scratch()
    {
        await using var scratch = await TestEngine.ExactAsync(options => options with { Slots = 1, CachedSequences = 0 });
        await using var sharing = await TestEngine.ExactAsync(options => options with { Slots = 4 });
        var course = string.Concat(Enumerable.Repeat("the rubric of this course says ", 40));
        var prompts = Enumerable.Range(0, 4).Select(i => course + $"student {i * 31}").ToList();
        var shared = sharing.CountTokens(course) - 1;

        var expected = new List<int[]>();
        foreach (var prompt in prompts) expected.Add([.. (await scratch.AnswerAsync(LlamaEngineTests.Free(scratch, prompt, 48), Cancel)).Tokens]);
        var cold = await Task.WhenAll(prompts.Select(prompt => sharing.AnswerAsync(LlamaEngineTests.Free(sharing, prompt, 48), Cancel)));
        var decoded = sharing.Metrics.DecodedPromptTokens;
        var warm = await sharing.AnswerAsync(LlamaEngineTests.Free(sharing, prompts[2], 48), Cancel);

        Assert.Equal(expected, cold.Select(answer => answer.Tokens.ToArray()));
        Assert.Equal(expected[2], warm.Tokens);
        // Computed once, and what each adds to it: the others waited for it and took it over.
        Assert.Equal(3, cold.Count(answer => answer.End.Usage.CachedTokens >= shared));
        Assert.Equal(cold.Sum(answer => answer.End.Usage.PromptTokens - answer.End.Usage.CachedTokens), decoded);
        Assert.True(decoded < shared * 1.2, $"{decoded} tokens were computed for a beginning of {shared}.");
        Assert.Equal(warm.End.Usage.PromptTokens - 1, warm.End.Usage.CachedTokens);
        Assert.Empty(await sharing.AuditAsync());
    }

    [Fact]
    public async Task A_follow_up_takes_over_the_whole_conversation()
    {
        await using var engine = await TestEngine.ExactAsync();
        var first = LlamaEngineTests.Free(engine, "a first question that is long enough to be kept", 20);
        var answer = await engine.AnswerAsync(first, Cancel);

        var next = await engine.AnswerAsync(first with { Prompt = [.. first.Prompt, PromptSegment.Plain(answer.Text), PromptSegment.Plain(" and then?")] }, Cancel);

        Assert.True(next.End.Usage.CachedTokens >= answer.End.Usage.PromptTokens, $"{next.End.Usage.CachedTokens} tokens were taken over.");
    }

    [Fact]
    public async Task A_long_prompt_does_not_hold_up_running_answers()
    {
        const int chunk = 32;
        await using var engine = await TestEngine.ExactAsync(options => options with { Slots = 8, PrefillChunk = chunk, CachedSequences = 0 });
        var running = Enumerable.Range(0, 7).Select(i => engine.AnswerAsync(LlamaEngineTests.Free(engine, $"{i} goes on", 300), Cancel)).ToList();
        while (engine.Metrics.GeneratedTokens < 70) await Task.Delay(1, Cancel);
        var before = engine.Metrics;

        await engine.AnswerAsync(LlamaEngineTests.Free(engine, string.Concat(Enumerable.Repeat("words of a long prompt ", 60)), 1), Cancel);

        var after = engine.Metrics;
        var prompt = after.DecodedPromptTokens - before.DecodedPromptTokens;
        var steps = after.Steps - before.Steps;
        Assert.True(prompt > 10 * chunk, $"The prompt of {prompt} tokens is long.");
        // Each step computes a chunk at most, and gives each of the seven its next token.
        Assert.True(steps >= prompt / chunk, $"{prompt} prompt tokens in {steps} steps.");
        Assert.True(after.GeneratedTokens - before.GeneratedTokens >= 7 * (steps - 2), $"{after.GeneratedTokens - before.GeneratedTokens} tokens in {steps} steps.");
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task Three_times_what_fits_is_finished_and_nothing_fails()
    {
        await using var engine = await TestEngine.ExactAsync(options => options with { Slots = 8, ContextTokens = 512, RequestTokens = 256 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i =>
            engine.AnswerAsync(LlamaEngineTests.Free(engine, $"{i} asks for much {string.Concat(Enumerable.Repeat($"{i * 13} ", 10))}", 100) with { Caller = $"{i % 5}" }, Cancel)));

        Assert.All(answers, answer => Assert.Equal(FinishReason.Length, answer.End.Reason));
        Assert.All(answers, answer => Assert.Equal(100, answer.End.Usage.GeneratedTokens));
        Assert.Equal(0, engine.Metrics.Failed);
        Assert.True(engine.Metrics.PrefixEvictions > 0, "The cache had to give way.");
        Assert.Empty(await engine.AuditAsync());
    }

    [Fact]
    public async Task A_caller_with_many_requests_does_not_hold_up_another()
    {
        await using var engine = await TestEngine.ExactAsync(options => options with { Slots = 1 });
        var order = new List<string>();
        async Task AskAsync(string caller, int number)
        {
            await engine.AnswerAsync(LlamaEngineTests.Free(engine, $"{caller} {number}", 20) with { Caller = caller }, Cancel);
            lock (order) order.Add(caller);
        }

        // Holds the one slot until all others wait.
        using var holding = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var first = engine.AnswerAsync(LlamaEngineTests.Free(engine, "goes on for long", 4000), holding.Token);
        while (engine.Metrics.Running == 0) await Task.Delay(1, Cancel);
        var busy = Enumerable.Range(0, 10).Select(i => AskAsync("busy", i)).ToList();
        var quiet = AskAsync("quiet", 0);
        while (engine.Metrics.Waiting < 11 && !first.IsCompleted) await Task.Delay(1, Cancel);
        await holding.CancelAsync();
        await Task.WhenAll([.. busy, quiet]);

        Assert.True(order.IndexOf("quiet") <= 3, $"The quiet caller was number {order.IndexOf("quiet") + 1} of {order.Count}.");
    }

    [Fact]
    public async Task A_cancelled_request_leaves_at_the_next_step_and_its_reader_is_told_at_once()
    {
        await using var engine = await TestEngine.ExactAsync(options => options with { Slots = 1 });
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var first = engine.AnswerAsync(LlamaEngineTests.Free(engine, "goes on for long", 3000), cancelling.Token);
        while (engine.Metrics.GeneratedTokens == 0) await Task.Delay(1, Cancel);
        var second = engine.AnswerAsync(LlamaEngineTests.Free(engine, "waits", 5), Cancel);

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(5, (await second).End.Usage.GeneratedTokens);
        Assert.Equal(1, engine.Metrics.Cancelled);
        Assert.True(engine.Metrics.GeneratedTokens < 3000);
    }

    [Fact]
    public async Task Two_hundred_ways_of_coming_leaving_and_finishing_leak_nothing()
    {
        await using var engine = await TestEngine.ExactAsync(options => options with { Slots = 3, ContextTokens = 512, RequestTokens = 200, PrefillChunk = 16, CachedSequences = 4 });
        var beginning = string.Concat(Enumerable.Repeat("common ground ", 6));

        await Gen.Select(Gen.Int[1, 12], Gen.Int[0, 3], Gen.Int[1, 20], Gen.Int[0, 25], Gen.Bool).Array[1, 8].SampleAsync(async requests =>
        {
            await Task.WhenAll(requests.Select((request, i) => RunAsync(engine, beginning, request, i)));

            await Assert_nothing_is_left(engine);
        }, iter: 200, threads: 1);
    }

    // Asks for up to so many tokens and leaves after some of them, or waits for the end.
    private static async Task RunAsync(LlamaEngine engine, string beginning, (int Words, int Caller, int MaxTokens, int LeaveAfter, bool Shares) plan, int number)
    {
        var text = (plan.Shares ? beginning : "") + string.Concat(Enumerable.Repeat($"{number * 17} ", plan.Words));
        var request = LlamaEngineTests.Free(engine, text, plan.MaxTokens) with { Caller = $"{plan.Caller}" };
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var read = 0;
        try
        {
            await foreach (var update in engine.GenerateAsync(request, leaving.Token))
            {
                if (read++ == plan.LeaveAfter) await leaving.CancelAsync();
                if (update.End is { } end) Assert.Equal(plan.MaxTokens, end.Usage.GeneratedTokens);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            Assert.True(read > plan.LeaveAfter);
        }
    }

    private static async Task Assert_nothing_is_left(LlamaEngine engine)
    {
        // A cancelled request leaves at the next step, which its reader does not wait for.
        while (engine.Metrics is { Running: > 0 } or { Waiting: > 0 }) await Task.Delay(1, Cancel);
        Assert.Empty(await engine.AuditAsync());
        Assert.Equal(0, engine.Metrics.KvRunning);
    }
}
