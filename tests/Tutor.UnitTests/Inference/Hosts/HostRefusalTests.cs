using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Inference.Hosts;

public sealed class HostRefusalTests
{
    private const string Hint = "Look at the first test.";

    [Theory]
    [InlineData(400, "System role not supported")]
    [InlineData(500, "Conversation roles must alternate user/assistant/user/assistant/...")]
    [InlineData(422, "Only user and assistant roles are supported!")]
    [InlineData(400, "This model does not support system messages")]
    public async Task A_model_without_a_system_role_gets_that_text_in_the_users_turn_from_then_on(int status, string message)
    {
        await using var host = await RawModelHost.StartAsync((context, body) => Roles(body).Contains("system")
            ? RawModelHost.RefuseAsync(context, status, message)
            : RawModelHost.SendAsync(context, RawModelHost.Stream([Hint])));
        using var bench = new PoolBench(host.Url);

        var answers = new[] { (await bench.AskAsync()).Text, (await bench.AskAsync()).Text };

        Assert.Equal([Hint, Hint], answers);
        Assert.Equal(3, host.Calls);
        Assert.Equal($"{PoolBench.System}\n\n{PoolBench.Question}", (string?)host.Bodies[2]["messages"]![0]!["content"]);
        Assert.True(bench.Status() is { Answers: 2, Failures: 0, LastError: null, Habits.Count: 1 });
    }

    [Theory]
    [InlineData("max_completion_tokens", 400, "Unrecognized request argument supplied: max_completion_tokens")]
    [InlineData("max_tokens", 400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.")]
    [InlineData("seed", 422, "seed: Extra inputs are not permitted")]
    [InlineData("stream_options", 400, "stream_options is not allowed")]
    [InlineData("temperature", 400, "Unsupported value: 'temperature' does not support 0.3 with this model.")]
    [InlineData("seed", 400, "")]
    public async Task A_field_that_a_host_does_not_take_is_left_out_from_then_on(string field, int status, string message)
    {
        await using var host = await RawModelHost.StartAsync((context, body) => body.ContainsKey(field)
            ? RawModelHost.RefuseAsync(context, status, message)
            : RawModelHost.SendAsync(context, RawModelHost.Stream([Hint])));
        using var bench = new PoolBench(host.Url);

        var answers = new[] { (await bench.AskAsync()).Text, (await bench.AskAsync()).Text };

        Assert.Equal([Hint, Hint], answers);
        Assert.Equal(3, host.Calls);
        Assert.Contains(host.Bodies[2], pair => pair.Key is "max_tokens" or "max_completion_tokens");
        Assert.True(bench.Status() is { Answers: 2, Failures: 0, Habits: [var words] } && words.Contains(field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_validation_error_that_quotes_the_whole_request_names_its_field_by_the_place()
    {
        await using var host = await RawModelHost.StartAsync((context, body) => body.ContainsKey("seed")
            ? RawModelHost.SendAsync(context, new JsonObject { ["detail"] = new JsonArray(new JsonObject { ["loc"] = new JsonArray("body", "seed"), ["msg"] = "Extra inputs are not permitted", ["input"] = body.DeepClone() }) }.ToJsonString(), "application/json", 422)
            : RawModelHost.SendAsync(context, RawModelHost.Stream([Hint])));
        using var bench = new PoolBench(host.Url);

        Assert.Equal(Hint, (await bench.AskAsync()).Text);
        Assert.Equal(2, host.Calls);
    }

    [Theory]
    [InlineData(400, "the prompt zebrafish is bad", "invalid_prompt", "HTTP 400 (invalid_prompt)")]
    [InlineData(400, "maximum context length is 4096 tokens: zebrafish", "context_length_exceeded", "HTTP 400 (context_length_exceeded): the prompt is longer than it reads.")]
    [InlineData(413, "zebrafish", "too_large", "HTTP 413 (too_large): the prompt is longer than it reads.")]
    [InlineData(404, "The model `zebrafish` does not exist", "NotFoundError", "HTTP 404 (NotFoundError): it does not serve the model asked for.")]
    [InlineData(401, "bad key zebrafish", "invalid_api_key", "HTTP 401 (invalid_api_key): it refuses the key.")]
    [InlineData(500, "cannot parse\nzebrafish", "zebrafish", "HTTP 500.")]
    [InlineData(400, "x", "My loop zebrafish is wrong.", "HTTP 400.")]
    public async Task A_refusal_is_told_by_status_and_code_and_never_by_its_text(int status, string message, string code, string words)
    {
        await using var host = await RawModelHost.StartAsync((context, _) => RawModelHost.RefuseAsync(context, status, message, code));
        using var bench = new PoolBench(host.Url);

        var failure = await bench.FailAsync();

        Assert.StartsWith(words, bench.Status().LastError, StringComparison.Ordinal);
        Assert.Equal(1, bench.Status().Failures);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zebrafish", $"{failure} {bench.Status()} {string.Join('\n', bench.Log)}", StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Log, line => line.TrimEnd().Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_that_quotes_the_whole_request_teaches_nothing_wrong()
    {
        await using var host = await RawModelHost.StartAsync((context, body) => RawModelHost.RefuseAsync(context, 400, body.ToJsonString(), "content_policy"));
        using var bench = new PoolBench(host.Url);

        var failure = await bench.FailAsync();

        Assert.InRange(host.Calls, 2, 5);
        Assert.Empty(bench.Status().Habits);
        Assert.DoesNotContain("zebrafish", $"{failure} {bench.Status()} {string.Join('\n', bench.Log)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_refuses_every_question_is_left_alone_and_one_that_refuses_a_long_one_is_not()
    {
        var code = "context_length_exceeded";
        await using var host = await RawModelHost.StartAsync((context, _) => RawModelHost.RefuseAsync(context, 400, "no", code));
        using var bench = new PoolBench(host.Url);

        for (var i = 0; i < 4; i++) await bench.FailAsync();
        Assert.True(bench.Status() is { IsUp: true, FailsEach: false });
        code = "content_policy";
        for (var i = 0; i < 3; i++) await bench.FailAsync();

        Assert.True(bench.Status() is { IsUp: false, FailsEach: true });
    }

    [Fact]
    public async Task A_host_that_asks_to_wait_is_given_the_time()
    {
        await using var host = await RawModelHost.StartAsync((context, _) =>
        {
            context.Response.Headers.RetryAfter = "2";
            return RawModelHost.RefuseAsync(context, 429, "slow down", "rate_limit_exceeded");
        });
        using var bench = new PoolBench(options => options.BreakSeconds = 60, host.Url);

        await bench.FailAsync();
        await bench.Pool.CheckAllAsync(TestContext.Current.CancellationToken);
        var atOnce = bench.Status();
        await Task.Delay(2200, TestContext.Current.CancellationToken);

        Assert.False(atOnce.IsUp);
        Assert.Contains("asks to wait 2 s", atOnce.LastError, StringComparison.Ordinal);
        Assert.True(bench.Status().IsUp);
    }

    private static IEnumerable<string?> Roles(JsonObject body) => body["messages"]!.AsArray().Select(message => (string?)message!["role"]);
}
