using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tutor.Data.Flags;

/// <summary>Deletes flags, samples and messages of distress once their time is over, at start and every six hours.</summary>
public sealed partial class FlagExpiry(Database database, IOptions<FlagOptions> options, TimeProvider clock, ILogger<FlagExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, clock);
        do
        {
            try
            {
                var deleted = await DeleteAsync(stoppingToken);
                if (deleted > 0) LogDeleted(deleted);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The next round tries again; nothing else waits for this.
                LogFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>How many rows are gone.</returns>
    public Task<int> DeleteAsync(CancellationToken cancel) => database.WriteAsync(async (connection, transaction) =>
    {
        var before = clock.GetUtcNow().AddDays(-options.Value.KeepDaysAfterTerm).ToUnixTimeMilliseconds();
        var deleted = 0;
        foreach (var (table, time) in new[] { ("flag", "created_at"), ("welfare_notice", "created_at"), ("flag_sample", "drawn_at") })
            deleted += await connection.ExecuteAsync(new CommandDefinition(
                $"""
                DELETE FROM {table} WHERE {time} < @before
                  AND NOT EXISTS (SELECT 1 FROM course c WHERE c.id = {table}.course_id AND c.term_ends >= @before)
                """,
                new { before }, transaction, cancellationToken: cancel));
        if (deleted > 0)
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE interaction SET flagged = FALSE WHERE flagged AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.interaction_id = interaction.id)",
                null, transaction, cancellationToken: cancel));
        return deleted;
    }, cancel);

    [LoggerMessage(LogLevel.Information, "{Count} flags and notices are past their time and were deleted")]
    private partial void LogDeleted(int count);

    [LoggerMessage(LogLevel.Warning, "Flags past their time could not be deleted")]
    private partial void LogFailed(Exception error);
}
