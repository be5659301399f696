using Dapper;
using Microsoft.Extensions.Options;

namespace Tutor.Data.Retention;

/// <summary>Deletes people who have been in no course for their time, with all that is theirs alone: sign-ins, tokens, drafts, allowances.</summary>
/// <remarks>
/// Who asked something stays as long as what they asked. Who taught stays while a version, an answer, a decision or the audit log, which is kept for
/// good, names them. Who is suspended stays: deleted, they would come back as somebody new and be let in.
/// </remarks>
public sealed class PeopleExpiry(Database database, IOptions<RetentionOptions> options, TimeProvider clock)
{
    private const int AtOnce = 100;

    // Everybody of whom something is kept that would not make sense without them.
    private const string Named =
        """
        SELECT student_id FROM interaction UNION SELECT reviewed_by FROM interaction WHERE reviewed_by IS NOT NULL UNION SELECT student_id FROM submission
        UNION SELECT student_id FROM escalation UNION SELECT claimed_by FROM escalation WHERE claimed_by IS NOT NULL UNION SELECT author_id FROM escalation_reply
        UNION SELECT reviewed_by FROM flag WHERE reviewed_by IS NOT NULL UNION SELECT reviewed_by FROM flag_sample WHERE reviewed_by IS NOT NULL
        UNION SELECT student_id FROM welfare_notice UNION SELECT taken_up_by FROM welfare_notice WHERE taken_up_by IS NOT NULL
        UNION SELECT author_id FROM course_version WHERE author_id IS NOT NULL UNION SELECT person_id FROM publication WHERE person_id IS NOT NULL
        UNION SELECT set_by FROM course_budget UNION SELECT person_id FROM model_host_out UNION SELECT person_id FROM export_log UNION SELECT actor_id FROM audit
        """;

    // What is theirs alone. Tables that point at a person and delete themselves with one are not named.
    private static readonly (string Table, string Column)[] theirs =
    [
        ("person_identity", "person_id"), ("api_token", "person_id"), ("student_allowance", "student_id"), ("quota", "student_id"), ("draft", "student_id"), ("draft_kept", "student_id"),
        ("test_run", "student_id"),
        ("name_reveal", "student_id"), ("name_reveal", "viewer_id"), ("person", "id"),
    ];

    /// <returns>How many people are gone.</returns>
    public async Task<int> DeleteAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        const string inCourse = "EXISTS (SELECT 1 FROM membership m WHERE m.person_id = person.id)";
        await database.ExecuteAsync($"UPDATE person SET courseless_since = NULL WHERE courseless_since IS NOT NULL AND {inCourse}", null, cancel);
        await database.ExecuteAsync($"UPDATE person SET courseless_since = @now WHERE courseless_since IS NULL AND NOT {inCourse}", new { now = now.ToUnixTimeMilliseconds() }, cancel);
        if (options.Value.KeepPeopleDays == 0) return 0;

        var before = now.AddDays(-options.Value.KeepPeopleDays).ToUnixTimeMilliseconds();
        var ids = await database.QueryAsync<string>(
            $"""
            SELECT id FROM person
            WHERE courseless_since < @before AND id NOT IN ({Named})
              AND suspended_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM api_token t WHERE t.person_id = person.id AND t.last_used_at >= @before)
              AND NOT EXISTS (SELECT 1 FROM session s WHERE s.person_id = person.id AND s.seen_at >= @before)
            """,
            new { before }, cancel);
        var deleted = 0;
        foreach (var some in ids.Chunk(AtOnce)) deleted += await DeleteAsync(some, before, cancel);
        await database.Engine.ForgetDeletedAsync(cancel);
        return deleted;
    }

    private Task<int> DeleteAsync(string[] ids, long before, CancellationToken cancel) => database.WriteAsync(async (connection, transaction) =>
    {
        // Who came back or was put on a list since they were looked for stays.
        var keys = (await connection.QueryAsync<string>(Sql.In(transaction,
            $"""
            SELECT id FROM person WHERE id {Sql.Among(database.Dialect, "@ids")} AND courseless_since < @before
              AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = person.id)
            """, new { ids, before }, cancel))).ToArray();
        foreach (var (table, column) in theirs)
            await connection.ExecuteAsync(Sql.In(transaction, $"DELETE FROM {table} WHERE {column} {Sql.Among(database.Dialect, "@keys")}", new { keys }, cancel));
        return keys.Length;
    }, cancel);
}
