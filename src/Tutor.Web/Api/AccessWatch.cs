namespace Tutor.Web.Api;

/// <summary>Looks every few seconds whether a long answer may go on, and ends it where not.</summary>
internal sealed class AccessWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource done;
    private readonly Task watching;

    private AccessWatch(TimeSpan interval, Func<CancellationToken, Task<bool>> may, TimeProvider time, CancellationToken cancel)
    {
        done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        watching = WatchAsync(interval, may, time);
    }

    /// <summary>Cancelled when the right has ended.</summary>
    public CancellationToken Ended => ended.Token;

    public static AccessWatch Begin(TimeSpan interval, Func<CancellationToken, Task<bool>> may, TimeProvider time, CancellationToken cancel) => new(interval, may, time, cancel);

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await watching;
        done.Dispose();
        ended.Dispose();
    }

    private async Task WatchAsync(TimeSpan interval, Func<CancellationToken, Task<bool>> may, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, time);
            while (await timer.WaitForNextTickAsync(done.Token))
                if (!await MayAsync(may))
                {
                    await ended.CancelAsync();
                    return;
                }
        }
        catch (OperationCanceledException)
        {
            // The answer is complete, or nobody reads it any more.
        }
    }

    // A database that is just away decides nothing: it is asked again.
    private async Task<bool> MayAsync(Func<CancellationToken, Task<bool>> may)
    {
        try
        {
            return await may(done.Token);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException)
        {
            return true;
        }
    }
}
