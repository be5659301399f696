using System.Data.Common;
using Dapper;
using Tutor.Core;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Core.Times;
using Tutor.Data.People;
using Tutor.Data.Welfare;

namespace Tutor.Data.Interactions;

/// <summary>Every change of an interaction's state. The database is the only truth about what was asked and answered.</summary>
/// <remarks>
/// A runner may believe it is alone and be wrong (a stopped process wakes up, a node is cut off), so each write of a runner
/// carries <c>attempt = @attempt AND state = 'running'</c>: who lost the row changes nothing and learns it from the result.
/// Text is generated at least once; the recorded answer and the quota are exact.
/// </remarks>
public sealed class Ledger(Database database, FinishWriter finish, SearchIndex search, TimeProvider time)
{
    /// <summary>Stores a request, or refuses it because the day's quota is spent, in one transaction.</summary>
    public async Task<SubmitResult> SubmitAsync(NewInteraction request, int hintsPerDay, CancellationToken cancel)
    {
        try
        {
            var course = await database.Zones.OfAsync(request.CourseId, cancel);
            return await database.WriteAsync(
                (connection, transaction) => StoreAsync(connection, transaction, request, course, hintsPerDay, cancel),
                cancel, repeatable: Repeatable.Yes);
        }
        catch (Exception error) when (Database.IsOutOfSpace(error))
        {
            return new SubmitResult.NotStored();
        }
    }

    /// <summary>Stores a message of distress together with its answer: neither a queue nor a model stands between, and no quota is counted.</summary>
    /// <returns>Null where only its number was kept, as of many messages within an hour, or where the student is not in the course.</returns>
    public Task<SubmitResult.Accepted?> AnswerAsync(NewInteraction request, HintOutcome outcome, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            if (await RepeatedAsync(connection, transaction, request.StudentId, request.ClientKey, cancel) is { } repeated) return repeated;
            if (!await NoticeCount.LockAsync(connection, transaction, request.CourseId, request.StudentId, cancel)
                || await NoticeCount.AddAsync(connection, transaction, request.CourseId, request.StudentId, Now(), cancel)) return null;

            var accepted = await InsertAsync(connection, transaction, request, priority: 0, Now(), cancel);
            await connection.ExecuteAsync(Sql.In(transaction,
                "UPDATE interaction SET state = 'running', attempt = 1, started_at = asked_at, counted = FALSE WHERE id = @id", new { id = accepted.InteractionId }, cancel));
            await finish.WriteAsync(connection, transaction, new FinishedAttempt(accepted.InteractionId, 1, outcome, [], null), cancel);
            return accepted;
        }, cancel, repeatable: Repeatable.Yes);

    /// <summary>What an earlier request with this key became; null when there was none.</summary>
    public async Task<SubmitResult.Accepted?> FindRepeatedAsync(string studentId, string clientKey, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await RepeatedAsync(connection, null, studentId, clientKey, cancel);
    }

    /// <summary>Rows without an answer, oldest first.</summary>
    public Task<IReadOnlyList<OpenInteraction>> OpenAsync(CancellationToken cancel) => database.QueryAsync<OpenInteraction>(
        """
        SELECT id, course_id, student_id, state, attempt, priority, owner, lease_until, asked_at
        FROM interaction WHERE state IN ('queued', 'running')
        ORDER BY asked_at, id
        """,
        null, cancel);

    /// <summary>Takes a row for one owner: a queued one, or one whose owner let go or let its lease run out.</summary>
    /// <param name="seen">The attempt the caller read; the row has moved on when it differs.</param>
    /// <returns>The attempt to write under; null when another has the row.</returns>
    public async Task<int?> ClaimAsync(string id, int seen, string owner, TimeSpan lease, CancellationToken cancel) =>
        await database.WriteAsync((connection, transaction) => connection.QuerySingleOrDefaultAsync<int?>(Sql.In(transaction,
            """
            UPDATE interaction
            SET state = 'running', attempt = attempt + 1, owner = @owner, lease_until = @until, started_at = COALESCE(started_at, @now)
            WHERE id = @id AND attempt = @seen
              AND (state = 'queued' OR (state = 'running' AND (owner IS NULL OR owner = @owner OR lease_until < @now)))
            RETURNING attempt
            """,
            new { id, seen, owner, until = Now() + (long)lease.TotalMilliseconds, now = Now() }, cancel)), cancel, Durability.Relaxed);

    /// <summary>Keeps the text released so far of all attempts a node runs and, when asked, renews their leases, in one transaction.</summary>
    /// <returns>Ids of attempts that no longer hold their row and must stop.</returns>
    public Task<IReadOnlyList<string>> CheckpointAsync(
        IReadOnlyList<Checkpoint> running, string owner, TimeSpan? lease, CancellationToken cancel) =>
        database.WriteAsync<IReadOnlyList<string>>(async (connection, transaction) =>
        {
            // Two round trips however many run: an attempt that ends meanwhile waits until this transaction lets its row go.
            var (held, taken) = await TakeAsync(connection, transaction, [.. running.Select(checkpoint => checkpoint.InteractionId)], owner, lease, cancel);
            var texts = running.Where(checkpoint => checkpoint.Text.Length > 0 && taken.Contains((checkpoint.InteractionId, checkpoint.Attempt))).ToList();
            if (texts.Count > 0) await KeepAsync(connection, transaction, texts, cancel);
            return [.. from checkpoint in running where !held.Contains((checkpoint.InteractionId, checkpoint.Attempt)) select checkpoint.InteractionId];
        }, cancel, Durability.Relaxed, Repeatable.Yes);

    /// <summary>Records the answer and everything with it in one transaction.</summary>
    /// <returns>False when this attempt no longer holds the row; nothing was written then.</returns>
    public async Task<bool> FinishAsync(FinishedAttempt attempt, CancellationToken cancel)
    {
        var finished = await database.WriteAsync(
            (connection, transaction) => finish.WriteAsync(connection, transaction, attempt, cancel), cancel, repeatable: Repeatable.Yes);
        if (finished) await LetFindAsync(attempt.InteractionId);
        return finished;
    }

    // Apart from the answer's own transaction, which must not wait for the names of a course, nor fail for the sake of a search.
    // Not to be stopped: a checkpoint that finds the row ended stops its attempt, while this is still going on.
    private async Task LetFindAsync(string id)
    {
        try
        {
            await search.AddAsync(id, CancellationToken.None);
        }
        catch (DbException)
        {
            // The answer is stored; SearchCatchUp adds it to the search.
        }
    }

    /// <summary>Ends a row that waits or runs, at its student's wish. The text shown so far stays as the answer.</summary>
    /// <param name="shown">Text the student saw; null takes the last checkpoint.</param>
    /// <param name="everShown">The student saw text, be it one that was taken back since.</param>
    /// <returns>False when it is not theirs or has ended already.</returns>
    public async Task<bool> CancelAsync(string id, Viewer viewer, string? shown, bool everShown, CancellationToken cancel)
    {
        var ended = await database.WriteAsync(async (connection, transaction) =>
        {
            var cancelled = await connection.ExecuteAsync(Sql.In(transaction,
                """
                UPDATE interaction
                SET state = 'cancelled', finished_at = @now, owner = NULL, lease_until = 0,
                    answer = COALESCE(@shown, (SELECT text FROM interaction_draft WHERE interaction_id = @id), '')
                WHERE id = @id AND student_id = @viewer AND state IN ('queued', 'running')
                """,
                new { id, viewer = viewer.PersonId, shown, now = Now() }, cancel)) == 1;
            if (!cancelled) return false;
            await QuotaRefund.ApplyAsync(connection, transaction, id, InteractionState.Cancelled, everShown, cancel);
            await FinishWriter.CloseAsync(connection, transaction, id, cancel);
            return true;
        }, cancel);
        if (ended) await LetFindAsync(id);
        return ended;
    }

    /// <summary>Gives an attempt up for now: the row queues again. False when the attempt no longer holds it.</summary>
    public async Task<bool> RequeueAsync(string id, int attempt, CancellationToken cancel) => await database.ExecuteAsync(
        """
        UPDATE interaction SET state = 'queued', owner = NULL, lease_until = 0
        WHERE id = @id AND attempt = @attempt AND state = 'running'
        """,
        new { id, attempt }, cancel) == 1;

    /// <summary>Lets go of all rows an owner runs, so that the next to come may go on with them at once.</summary>
    public Task<int> ReleaseAsync(string owner, CancellationToken cancel) => database.ExecuteAsync(
        "UPDATE interaction SET owner = NULL, lease_until = 0 WHERE owner = @owner AND state = 'running'", new { owner }, cancel);

    /// <summary>Lets go of one row at which an owner's attempt has stopped.</summary>
    public Task<int> ReleaseAsync(string id, int attempt, string owner, CancellationToken cancel) => database.ExecuteAsync(
        "UPDATE interaction SET owner = NULL, lease_until = 0 WHERE id = @id AND attempt = @attempt AND owner = @owner AND state = 'running'",
        new { id, attempt, owner }, cancel);

    /// <summary>Lets go of every running row. Only for a process that knows it is the only one on this database.</summary>
    public Task<int> ReleaseAllAsync(CancellationToken cancel) => database.ExecuteAsync(
        "UPDATE interaction SET owner = NULL, lease_until = 0 WHERE state = 'running'", null, cancel);

    // Taken: those that stay as they are until the transaction ends, or a row might end before its text is kept, and the text
    // would stay behind. One that another transaction is just ending needs no checkpoint, and waiting for it would hold up the
    // ends of all others.
    private async Task<(HashSet<(string Id, int Attempt)> Held, HashSet<(string Id, int Attempt)> Taken)> TakeAsync(
        DbConnection connection, DbTransaction transaction, string[] ids, string owner, TimeSpan? lease, CancellationToken cancel)
    {
        var held = $"FROM interaction WHERE id {Sql.Among(database.Dialect, "@ids")} AND state = 'running' {(lease is null ? "" : "AND owner = @owner")}";
        var unlocked = Sql.Unlocked(database.Dialect);
        var take = lease is null
            ? $"SELECT id, attempt {held} {unlocked}"
            : $"UPDATE interaction SET lease_until = @until WHERE id IN (SELECT id {held} {unlocked}) RETURNING id, attempt";
        await using var results = await connection.QueryMultipleAsync(Sql.In(transaction,
            $"{take}; SELECT id, attempt {held}", new { ids, owner, until = Now() + (long)(lease ?? default).TotalMilliseconds }, cancel));
        HashSet<(string, int)> taken = [.. await results.ReadAsync<(string, int)>()];
        return ([.. await results.ReadAsync<(string, int)>()], taken);
    }

    private Task<int> KeepAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<Checkpoint> texts, CancellationToken cancel)
    {
        var (values, parameters) = Sql.Rows(texts.Select(IReadOnlyList<object?> (text) =>
            [text.InteractionId, text.Attempt, text.Revision, text.Text, text.Tokens, Now()]));
        return connection.ExecuteAsync(Sql.In(transaction,
            $"""
            INSERT INTO interaction_draft (interaction_id, attempt, revision, text, tokens, updated_at)
            VALUES {values}
            ON CONFLICT (interaction_id) DO UPDATE SET attempt = excluded.attempt, revision = excluded.revision,
                text = excluded.text, tokens = excluded.tokens, updated_at = excluded.updated_at
            WHERE interaction_draft.attempt <= excluded.attempt
            """,
            parameters, cancel));
    }

    private async Task<SubmitResult> StoreAsync(
        DbConnection connection, DbTransaction transaction, NewInteraction request, CourseTime course, int hintsPerDay, CancellationToken cancel)
    {
        // One moment for the row and its quota: a refund finds the day by when the row was asked.
        var now = time.GetUtcNow();
        var day = course.DayOf(now);
        if (await GivenAsync(connection, transaction, request, day, cancel) is not { } given) return new SubmitResult.NotFound();
        var limit = hintsPerDay + given;
        var (counted, repeated) = await CountAsync(connection, transaction, request, day, limit, cancel);
        if (repeated is not null)
        {
            if (counted is not null) await UncountAsync(connection, transaction, request, day, cancel);
            return repeated;
        }
        return counted is { } used
            ? await InsertAsync(connection, transaction, request, used, now.ToUnixTimeMilliseconds(), cancel)
            : new SubmitResult.QuotaSpent(limit, limit, day.EndsAt);
    }

    private static async Task<SubmitResult.Accepted?> RepeatedAsync(
        DbConnection connection, DbTransaction? transaction, string studentId, string clientKey, CancellationToken cancel) =>
        (await connection.QuerySingleOrDefaultAsync<KnownRow>(Sql.In(transaction, KnownRow.Query, new { StudentId = studentId, ClientKey = clientKey }, cancel)))?.Repeated;

    private static async Task<bool> IsMemberAsync(DbConnection connection, DbTransaction transaction, NewInteraction request, CancellationToken cancel) =>
        await connection.QuerySingleOrDefaultAsync<string>(Sql.In(transaction,
            "SELECT role FROM membership WHERE course_id = @CourseId AND person_id = @StudentId", request, cancel)) is not null;

    // Nothing counted: the quota is spent. The upsert is one statement, so concurrent requests cannot overrun the limit. It
    // locks the quota's row until the commit: looked for before it, a twin of this request that another connection is just
    // storing would not be seen.
    private static async Task<(int? Used, SubmitResult.Accepted? Repeated)> CountAsync(
        DbConnection connection, DbTransaction transaction, NewInteraction request, CourseDay day, int limit, CancellationToken cancel)
    {
        await using var results = await connection.QueryMultipleAsync(Sql.In(transaction,
            $"""
            INSERT INTO quota (course_id, student_id, day, used) SELECT @CourseId, @StudentId, @day, 1 WHERE @limit > 0
            ON CONFLICT (course_id, student_id, day) DO UPDATE SET used = quota.used + 1 WHERE quota.used < @limit
            RETURNING used;
            {KnownRow.Query}
            """,
            new { request.CourseId, request.StudentId, request.ClientKey, day = day.Key, limit }, cancel));
        return (await results.ReadSingleOrDefaultAsync<int?>(), (await results.ReadSingleOrDefaultAsync<KnownRow>())?.Repeated);
    }

    // What an instructor gave the student for this day beyond the course's own number; null for who is no member.
    private static Task<int?> GivenAsync(
        DbConnection connection, DbTransaction transaction, NewInteraction request, CourseDay day, CancellationToken cancel) =>
        connection.QuerySingleOrDefaultAsync<int?>(Sql.In(transaction,
            """
            SELECT COALESCE(a.extra, 0) FROM membership m
            LEFT JOIN student_allowance a ON a.course_id = m.course_id AND a.student_id = m.person_id AND a.day = @day
            WHERE m.course_id = @CourseId AND m.person_id = @StudentId
            """,
            new { request.CourseId, request.StudentId, day = day.Key }, cancel));

    private static Task<int> UncountAsync(
        DbConnection connection, DbTransaction transaction, NewInteraction request, CourseDay day, CancellationToken cancel) =>
        connection.ExecuteAsync(Sql.In(transaction,
            "UPDATE quota SET used = used - 1 WHERE course_id = @CourseId AND student_id = @StudentId AND day = @day",
            new { request.CourseId, request.StudentId, day = day.Key }, cancel));

    private static async Task<SubmitResult.Accepted> InsertAsync(
        DbConnection connection, DbTransaction transaction, NewInteraction request, int priority, long now, CancellationToken cancel)
    {
        var (id, submissionId) = (TutorId.New(), TutorId.New());
        await connection.ExecuteAsync(Sql.In(transaction,
            """
            INSERT INTO submission (id, course_id, exercise_id, student_id, file_name, body, sha256, created_at)
            VALUES (@submissionId, @CourseId, @ExerciseId, @StudentId, @FileName, @Work, @hash, @now);
            INSERT INTO interaction (id, client_key, submission_id, course_id, course_version_id, exercise_id, student_id, kind,
                question, requested_level, state, attempt, priority, lease_until, asked_at, by_staff)
            VALUES (@id, @ClientKey, @submissionId, @CourseId, @CourseVersionId, @ExerciseId, @StudentId, @Kind,
                @Question, @Level, 'queued', 0, @priority, 0, @now,
                COALESCE((SELECT m.role <> 'student' FROM membership m WHERE m.course_id = @CourseId AND m.person_id = @StudentId), FALSE))
            """,
            new
            {
                id, submissionId, priority, now, hash = Sha256.Of(request.Work), request.FileName, request.Work, request.ClientKey, request.CourseId,
                request.CourseVersionId, request.ExerciseId, request.StudentId, request.Kind, request.Question, Level = (int)request.Level,
            }, cancel));
        if (request.Pastes.Count > 0)
            await connection.ExecuteAsync(Sql.In(transaction,
                "INSERT INTO paste (interaction_id, position, characters, inside) VALUES (@id, @position, @Characters, @Inside)",
                request.Pastes.Select((paste, position) => new { id, position, paste.Characters, paste.Inside }).ToList(), cancel));
        return new SubmitResult.Accepted(id, priority, now, Repeated: false);
    }

    /// <summary>Notes on a student's last request that more came than a person sends; once an hour.</summary>
    public Task<int> NoteRateAsync(string courseId, string studentId, string threshold, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO flag (id, interaction_id, course_id, category, rule_id, rule_version, severity, field, start, quote, explanation, threshold, created_at)
        SELECT @id, i.id, i.course_id, 'rate-abuse', 'rate-bucket', 1, 1, 'thread', 0, '', 'Requests came faster than a person sends them and were turned away.',
               @threshold, @now
        FROM interaction i
        WHERE i.id = (SELECT l.id FROM interaction l WHERE l.course_id = @courseId AND l.student_id = @studentId AND NOT l.welfare
                      ORDER BY l.asked_at DESC, l.id DESC LIMIT 1)
          AND NOT EXISTS (SELECT 1 FROM flag f JOIN interaction r ON r.id = f.interaction_id
                          WHERE r.student_id = @studentId AND r.course_id = @courseId AND f.category = 'rate-abuse' AND f.created_at > @hourAgo)
        """,
        new { id = TutorId.New(), courseId, studentId, threshold, now = Now(), hourAgo = Now() - 3_600_000 }, cancel);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record KnownRow
    {
        public const string Query = "SELECT id, priority, asked_at FROM interaction WHERE student_id = @StudentId AND client_key = @ClientKey";

        public required string Id { get; init; }
        public int Priority { get; init; }
        public long AskedAt { get; init; }

        public SubmitResult.Accepted Repeated => new(Id, Priority, AskedAt, Repeated: true);
    }
}
