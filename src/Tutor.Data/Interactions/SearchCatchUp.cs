using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tutor.Data.Interactions;

/// <summary>After a start, lets those interactions be found that are in no index: after an upgrade all, else what a stopped process left.</summary>
internal sealed partial class SearchCatchUp(SearchIndex index, ILogger<SearchCatchUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var added = await index.CatchUpAsync(stoppingToken);
            if (added > 0) LogAdded(added);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The next start tries again; a search finds less until then.
            LogFailed(error);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} requests were added to the search")]
    private partial void LogAdded(int count);

    [LoggerMessage(LogLevel.Warning, "The search could not be completed")]
    private partial void LogFailed(Exception error);
}
