using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Options;

namespace Tutor.Data.Retention;

/// <summary>Deletes what students gave and got, once it is older than their course keeps it. Course versions and the audit log stay.</summary>
public sealed class RequestExpiry(Database database, IOptions<RetentionOptions> options, TimeProvider clock)
{
    // Small enough that on SQLite, which has one writer, a student's request never waits for it noticeably.
    private const int RequestsPerTransaction = 100;

    // Everything that hangs on a request, in an order in which nothing points at a row that is gone.
    private static readonly (string Table, string Column)[] ofRequest =
    [
        ("escalation", "interaction_id"), ("flag", "interaction_id"), ("flag_sample", "interaction_id"), ("welfare_notice", "interaction_id"),
        ("verdict", "interaction_id"), ("interaction_step", "interaction_id"), ("interaction_prompt", "interaction_id"),
        ("interaction_draft", "interaction_id"), ("paste", "interaction_id"), ("interaction", "id"),
    ];

    /// <returns>How many requests are gone.</returns>
    public async Task<int> DeleteAsync(CancellationToken cancel)
    {
        var deleted = 0;
        foreach (var course in await database.QueryAsync<CourseRow>("SELECT id, keep_days FROM course", null, cancel))
        {
            var days = course.KeepDays ?? options.Value.KeepDays;
            if (days > 0)
                deleted += await DeleteAsync(course.Id, clock.GetUtcNow().AddDays(-days), cancel);
        }
        await database.ExecuteAsync("DELETE FROM name_reveal WHERE until < @now", new { now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancel);
        await database.Engine.ForgetDeletedAsync(cancel);
        return deleted;
    }

    private async Task<int> DeleteAsync(string courseId, DateTimeOffset before, CancellationToken cancel)
    {
        var parameters = new { courseId, before = before.ToUnixTimeMilliseconds(), day = before.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        var (deleted, some) = (0, 0);
        do
        {
            some = await database.WriteAsync((connection, transaction) => SomeAsync(connection, transaction, parameters, cancel), cancel);
            deleted += some;
        }
        while (some == RequestsPerTransaction);
        foreach (var rest in new[]
        {
            "DELETE FROM draft WHERE course_id = @courseId AND updated_at < @before", "DELETE FROM draft_kept WHERE course_id = @courseId AND kept_at < @before",
            "DELETE FROM test_run WHERE course_id = @courseId AND run_at < @before",
            "DELETE FROM quota WHERE course_id = @courseId AND day < @day",
        })
            await database.ExecuteAsync(rest, parameters, cancel);
        return deleted;
    }

    private async Task<int> SomeAsync(DbConnection connection, DbTransaction transaction, object parameters, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<RequestRow>(Sql.In(transaction,
            $"""
            SELECT id, seq, submission_id FROM interaction
            WHERE course_id = @courseId AND asked_at < @before AND state NOT IN ('queued', 'running')
            ORDER BY asked_at, id LIMIT {RequestsPerTransaction}
            """, parameters, cancel))).AsList();
        if (rows.Count == 0) return 0;
        var (among, ids) = (Sql.Among(database.Dialect, "@keys"), rows.Select(row => row.Id).ToList());
        await DeleteFromAsync("interaction_search", database.Dialect == Dialect.Sqlite ? "rowid" : "seq", rows.Select(row => row.Seq).ToList());
        await connection.ExecuteAsync(Sql.In(transaction,
            $"DELETE FROM escalation_reply WHERE escalation_id IN (SELECT id FROM escalation WHERE interaction_id {among})", new { keys = ids }, cancel));
        foreach (var (table, column) in ofRequest)
            await DeleteFromAsync(table, column, ids);
        await DeleteFromAsync("submission", "id", rows.Select(row => row.SubmissionId).ToList());
        return rows.Count;

        Task DeleteFromAsync<T>(string table, string column, List<T> keys) =>
            connection.ExecuteAsync(Sql.In(transaction, $"DELETE FROM {table} WHERE {column} {among}", new { keys }, cancel));
    }

    private sealed record CourseRow
    {
        public string Id { get; init; } = "";
        public int? KeepDays { get; init; }
    }

    private sealed record RequestRow
    {
        public string Id { get; init; } = "";
        public long Seq { get; init; }
        public string SubmissionId { get; init; } = "";
    }
}
