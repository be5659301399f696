using Microsoft.AspNetCore.Http;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Inference.Hosts;

public sealed class HostHealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401)]
    [InlineData(302)]
    [InlineData(405)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_lies_outside_the_base_path_says_nothing_about_a_host_and_is_not_asked(int status)
    {
        await using var host = await RawModelHost.StartAsync((context, _) => RawModelHost.SendAsync(context, RawModelHost.Stream(["Look again."])), basePath: "/ai/v1");
        host.Foreign = status;
        using var bench = new PoolBench(host.Url);

        await bench.Pool.CheckAllAsync(Cancel);

        Assert.True(bench.Status().IsUp);
        Assert.Equal("Look again.", (await bench.AskAsync()).Text);
        Assert.Empty(host.Elsewhere);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(401, true)]
    [InlineData(404, true)]
    [InlineData(501, true)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    public async Task Only_a_server_error_of_the_API_itself_takes_a_host_out(int status, bool up)
    {
        await using var host = await RawModelHost.StartAsync((context, _) => RawModelHost.SendAsync(context, RawModelHost.Stream(["Look again."])),
            context => RawModelHost.SendAsync(context, "{}", "application/json", status));
        using var bench = new PoolBench(host.Url);

        await bench.Pool.CheckAllAsync(Cancel);

        Assert.Equal((up, up), (bench.Status().IsUp, bench.Status().LastError is null));
    }

    [Fact]
    public async Task A_host_that_is_there_but_fails_each_answer_is_not_asked_again_for_being_there()
    {
        await using var host = await RawModelHost.SendingAsync("data: nothing\n\n");
        using var bench = new PoolBench(options => options.BreakSeconds = 60, host.Url);

        await bench.FailAsync();
        await bench.Pool.CheckAllAsync(Cancel);
        var afterOne = bench.Status().IsUp;
        await bench.FailAsync();
        await bench.Pool.CheckAllAsync(Cancel);

        // One failure may have been a restart.
        Assert.True(afterOne);
        Assert.True(bench.Status() is { IsUp: false, LastError: not null });
    }

    [Fact]
    public async Task Where_nobody_named_a_model_the_one_that_the_host_lists_is_asked_for()
    {
        await using var host = await RawModelHost.StartAsync((context, _) => RawModelHost.SendAsync(context, RawModelHost.Stream(["Look again."])),
            context => RawModelHost.SendAsync(context, """{"data":[{"id":"tutor-7b"},{"id":"other"}]}""", "application/json"));
        using var bench = new PoolBench(host.Url);

        await bench.Pool.CheckAllAsync(Cancel);
        await bench.AskAsync();

        Assert.Equal("tutor-7b", (string?)host.Bodies[0]["model"]);
    }
}
