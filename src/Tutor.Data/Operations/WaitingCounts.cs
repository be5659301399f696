using Microsoft.Extensions.Options;
using Tutor.Data.Escalations;

namespace Tutor.Data.Operations;

/// <summary>How much waits for people, of all courses together: for the operator's alarms, and so without a word about whom.</summary>
public sealed class WaitingCounts(Database database, IOptions<EscalationOptions> escalations, TimeProvider clock)
{
    public async Task<Waiting> ReadAsync(CancellationToken cancel) => await database.QuerySingleOrDefaultAsync<Waiting>(
        """
        SELECT (SELECT COUNT(*) FROM escalation WHERE state = 'open' AND created_at < @overdueBefore) AS overdue,
               (SELECT COUNT(*) FROM welfare_notice WHERE taken_up_at IS NULL) AS unread
        """,
        new { overdueBefore = clock.GetUtcNow().ToUnixTimeMilliseconds() - escalations.Value.OverdueAfterMinutes * 60_000L }, cancel) ?? new Waiting();

    /// <summary>Ids of all courses.</summary>
    public Task<IReadOnlyList<string>> CoursesAsync(CancellationToken cancel) => database.QueryAsync<string>("SELECT id FROM course ORDER BY id", null, cancel);
}

/// <summary>What waits.</summary>
public sealed record Waiting
{
    /// <summary>Questions to TAs that nobody took in time.</summary>
    public long Overdue { get; init; }

    /// <summary>Messages of distress that no welfare contact has taken up.</summary>
    public long Unread { get; init; }
}
