using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Tutor.Data.People;

namespace Tutor.Data.Audit;

/// <summary>Who opened, revealed, changed or exported what: rows are added and never changed, each with the hash of the one before.</summary>
public sealed class AuditLog(Database database, TimeProvider clock)
{
    // "Audit" in ASCII: one writer at a time, or two rows would follow the same one. SQLite has one writer anyway.
    private const long ChainLock = 0x4175646974;

    // A page reads its rows again after each change and while it follows news; that is still one opening.
    private const long OneVisit = 10 * 60_000;

    private const int RowsPerRead = 5_000;

    /// <summary>What happened in a course, newest first, for its instructors; empty for anyone else. What welfare contacts do is not in it.</summary>
    /// <param name="filter">Null for all.</param>
    public async Task<AuditPage> ListAsync(string courseId, Viewer viewer, AuditFilter? filter, long? before, int count, CancellationToken cancel)
    {
        filter ??= new AuditFilter();
        var rows = await database.QueryAsync<AuditEntry>(
            $"""
            SELECT a.seq, a.at, a.actor_id, a.course_id, a.action, a.object, a.object_id, a.detail, a.previous, a.hash, p.name AS actor_name,
                   i.exercise_id, CASE WHEN a.object = 'flag' THEN NULL ELSE i.student_id END AS student_id
            FROM audit a
            JOIN membership m ON m.course_id = a.course_id AND m.person_id = @viewer AND m.role = 'instructor'
            LEFT JOIN person p ON p.id = a.actor_id
            LEFT JOIN interaction i ON i.course_id = a.course_id AND NOT i.welfare AND i.id = CASE a.object
                WHEN 'interaction' THEN a.object_id
                WHEN 'flag' THEN (SELECT f.interaction_id FROM flag f WHERE f.id = a.object_id)
                WHEN 'escalation' THEN (SELECT e.interaction_id FROM escalation e WHERE e.id = a.object_id) END
            WHERE a.course_id = @courseId AND a.object <> 'welfare notices' 
              {(filter.Action is null ? "" : "AND a.action = @Action")} {(filter.Actor is null ? "" : "AND a.actor_id = @Actor")}
              {(filter.Student is null ? "" : "AND (a.object <> 'flag' AND i.student_id = @student OR a.object = 'student' AND a.object_id = @alias)")}
              {(filter.From is null ? "" : "AND a.at >= @From")} {(filter.Until is null ? "" : "AND a.at < @Until")} {(before is null ? "" : "AND a.seq < @before")}
            ORDER BY a.seq DESC LIMIT @limit
            """,
            new { courseId, viewer = viewer.PersonId, filter.Action, filter.Actor, student = filter.Student?.Id, alias = filter.Student?.Alias, filter.From, filter.Until, before, limit = count + 1 }, cancel);
        return rows.Count > count ? new AuditPage([.. rows.Take(count)], rows[count - 1].Seq) : new AuditPage(rows, null);
    }

    /// <summary>Reads the whole chain and names the first row that was changed, or that follows a row that is gone.</summary>
    public async Task<AuditCheck> VerifyAsync(CancellationToken cancel)
    {
        var (rows, last) = (0L, "");
        while (true)
        {
            var read = await database.QueryAsync<AuditEntry>(
                """
                SELECT seq, at, actor_id, course_id, action, object, object_id, detail, previous, hash FROM audit
                WHERE seq > @rows ORDER BY seq LIMIT @RowsPerRead
                """,
                new { rows, RowsPerRead }, cancel);
            foreach (var row in read)
            {
                if (row.Seq != rows + 1) return new AuditCheck(rows, last, $"Row {rows + 1} is missing; the next one is {row.Seq}.");
                if (row.Previous != last) return new AuditCheck(rows, last, $"Row {row.Seq} does not follow the row before it: one of them was replaced.");
                if (row.Hash != row.ComputeHash()) return new AuditCheck(rows, last, $"Row {row.Seq} was changed after it was written.");
                (rows, last) = (row.Seq, row.Hash);
            }
            if (read.Count < RowsPerRead) return new AuditCheck(rows, last, null);
        }
    }

    /// <param name="noted">"row:hash", as an earlier check printed it.</param>
    public async Task<bool> HasAsync(string noted, CancellationToken cancel) => await database.QuerySingleOrDefaultAsync<long>(
        "SELECT COUNT(*) FROM audit WHERE CAST(seq AS TEXT) || ':' || hash = @noted", new { noted }, cancel) == 1;

    /// <summary>Notes something that changed nothing in the database but the log.</summary>
    internal Task NoteAsync(AuditEvent happened, CancellationToken cancel) =>
        database.WriteAsync((connection, transaction) => WriteAsync(connection, transaction, happened, cancel), cancel);

    /// <summary>Notes that a person looked at something; looking again soon after is the same visit.</summary>
    internal async Task NoteOpenedAsync(Viewer viewer, string courseId, string @object, string objectId, CancellationToken cancel)
    {
        var known = await database.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM audit WHERE actor_id = @viewer AND action = 'opened' AND object_id = @objectId AND object = @object AND at > @since",
            new { viewer = viewer.PersonId, objectId, @object, since = Now() - OneVisit }, cancel);
        if (known == 0)
            await NoteAsync(new AuditEvent(viewer, courseId, AuditAction.Opened, @object, objectId), cancel);
    }

    /// <summary>Runs a statement and, where it changed a row, notes it in the same transaction.</summary>
    /// <returns>The rows changed.</returns>
    internal Task<int> ExecuteAsync(string sql, object parameters, AuditEvent happened, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var changed = await connection.ExecuteAsync(Sql.In(transaction, sql, parameters, cancel));
            if (changed > 0) await WriteAsync(connection, transaction, happened, cancel);
            return changed;
        }, cancel);

    /// <summary>Adds a row. The last thing a transaction does: from here to its commit nobody else can add one.</summary>
    internal async Task WriteAsync(DbConnection connection, DbTransaction transaction, AuditEvent happened, CancellationToken cancel)
    {
        if (connection is not SqliteConnection)
            await connection.ExecuteAsync(Sql.In(transaction, "SELECT pg_advisory_xact_lock(@ChainLock)", new { ChainLock }, cancel));
        var last = await connection.QuerySingleOrDefaultAsync<AuditEntry>(Sql.In(transaction,
            "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", null, cancel));
        var row = new AuditEntry
        {
            Seq = (last?.Seq ?? 0) + 1, At = Now(), ActorId = happened.Actor.PersonId, Action = happened.Action, Object = happened.Object,
            ObjectId = happened.ObjectId, Detail = happened.Detail, Previous = last?.Hash ?? "",
            CourseId = happened.CourseId ?? (happened.Object is AuditObject.ModelHost or AuditObject.Account ? null : await connection.QuerySingleOrDefaultAsync<string>(Sql.In(transaction,
                $"SELECT course_id FROM {Table(happened.Object)} WHERE id = @ObjectId", new { happened.ObjectId }, cancel))),
        };
        await connection.ExecuteAsync(Sql.In(transaction,
            """
            INSERT INTO audit (seq, at, actor_id, course_id, action, object, object_id, detail, previous, hash)
            VALUES (@Seq, @At, @ActorId, @CourseId, @Action, @Object, @ObjectId, @Detail, @Previous, @hash)
            """,
            new
            {
                row.Seq, row.At, row.ActorId, row.CourseId, row.Action, row.Object, row.ObjectId, row.Detail, row.Previous, hash = row.ComputeHash(),
            }, cancel));
    }

    private static string Table(string @object) => @object is AuditObject.Interaction or AuditObject.Flag or AuditObject.Escalation
        ? @object
        : throw new ArgumentException($"An event about \"{@object}\" must name its course.", nameof(@object));

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
