using Microsoft.Extensions.Time.Testing;
using Tutor.Inference.Hosts;

namespace Tutor.UnitTests.Inference;

public sealed class SilenceLimitTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void It_cancels_when_nothing_came_for_the_whole_time()
    {
        using var limit = new SilenceLimit(time, TestContext.Current.CancellationToken);
        limit.Start(TimeSpan.FromSeconds(10));

        Pass(seconds: 9);
        Assert.False(limit.Token.IsCancellationRequested);
        Pass(seconds: 1);
        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void The_time_in_which_the_process_stood_still_counts_as_one_part()
    {
        using var limit = new SilenceLimit(time, TestContext.Current.CancellationToken);
        limit.Start(TimeSpan.FromSeconds(10));

        time.Advance(TimeSpan.FromMinutes(5));
        Pass(seconds: 8);
        Assert.False(limit.Token.IsCancellationRequested);
        Pass(seconds: 1);
        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void Nothing_is_counted_while_it_is_stopped_and_a_start_counts_anew()
    {
        using var limit = new SilenceLimit(time, TestContext.Current.CancellationToken);
        limit.Start(TimeSpan.FromSeconds(10));
        Pass(seconds: 9);
        limit.Stop();
        Pass(seconds: 60);
        limit.Start(TimeSpan.FromSeconds(10));
        Pass(seconds: 9);

        Assert.False(limit.Token.IsCancellationRequested);
    }

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++) time.Advance(TimeSpan.FromSeconds(1));
    }
}
