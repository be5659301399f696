using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tutor.Data.Retention;

/// <summary>Runs <see cref="RequestExpiry"/> and <see cref="PeopleExpiry"/> at start and every six hours. Two nodes at once delete the same rows, which is no harm.</summary>
public sealed partial class RetentionJob(RequestExpiry expiry, PeopleExpiry people, TimeProvider clock, ILogger<RetentionJob> logger) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, clock);
        do
        {
            try
            {
                var deleted = await expiry.DeleteAsync(stoppingToken);
                if (deleted > 0) LogDeleted(deleted);
                var left = await people.DeleteAsync(stoppingToken);
                if (left > 0) LogPeople(left);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The next round tries again; nothing else waits for this.
                LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "{Count} requests are older than their courses keep them and were deleted")]
    private partial void LogDeleted(int count);

    [LoggerMessage(LogLevel.Information, "{Count} people who have long been in no course were deleted")]
    private partial void LogPeople(int count);

    [LoggerMessage(LogLevel.Warning, "Requests or people past their time could not be deleted")]
    private partial void LogFailed(Exception error);
}
