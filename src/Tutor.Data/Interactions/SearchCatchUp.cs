using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tutor.Data.Interactions;

/// <summary>Lets those interactions be found that are in no index: after an upgrade all, else what a stopped node left.</summary>
internal sealed partial class SearchCatchUp(SearchIndex index, TimeProvider time, ILogger<SearchCatchUp> logger) : BackgroundService
{
    // A node that was killed is not always started again soon, and the others have nothing else that would tell them.
    private static readonly TimeSpan again = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(again, time);
        do
        {
            try
            {
                var added = await index.CatchUpAsync(stoppingToken);
                if (added > 0) LogAdded(added);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The next round tries again; a search finds less until then.
                LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "{Count} requests were added to the search")]
    private partial void LogAdded(int count);

    [LoggerMessage(LogLevel.Warning, "The search could not be completed")]
    private partial void LogFailed(Exception error);
}
