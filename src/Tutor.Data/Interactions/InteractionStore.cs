using Tutor.Core.Hints;
using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Interactions;

/// <summary>Reads interactions for those who may see them, and takes their students' ratings.</summary>
public sealed class InteractionStore(Database database, StudentNames names, AuditLog audit, TimeProvider time)
{
    private const string Source = "FROM interaction i JOIN submission s ON s.id = i.submission_id";

    private const string MaySee =
        """
        EXISTS (SELECT 1 FROM membership m
                WHERE m.course_id = i.course_id AND m.person_id = @viewer
                  AND (i.student_id = @viewer OR (m.role IN ('ta', 'instructor') AND NOT i.welfare)))
        """;

    /// <summary>One interaction for its student and, noted, the staff of its course; null for anyone else. A message of distress is for its student only.</summary>
    public async Task<Interaction?> FindAsync(string id, Viewer viewer, CancellationToken cancel)
    {
        var found = await database.QuerySingleOrDefaultAsync<Interaction>(
            $"SELECT {Interaction.Columns} {Source} WHERE i.id = @id AND {MaySee}", new { id, viewer = viewer.PersonId }, cancel);
        if (found is null || found.StudentId == viewer.PersonId) return found;
        await audit.NoteOpenedAsync(viewer, found.CourseId, AuditObject.Interaction, id, cancel);
        return Shown(found, await names.ForAsync(found.CourseId, viewer, cancel));
    }

    /// <summary>One interaction for the portal's own work; pages ask with a viewer instead.</summary>
    public Task<Interaction?> LoadAsync(string id, CancellationToken cancel) =>
        database.QuerySingleOrDefaultAsync<Interaction>($"SELECT {Interaction.Columns} {Source} WHERE i.id = @id", new { id }, cancel);

    /// <summary>All interactions of one student on one exercise, oldest first, at most the latest <paramref name="count"/>.</summary>
    public async Task<IReadOnlyList<Interaction>> ThreadAsync(
        string courseId, string exerciseId, string studentId, Viewer viewer, CancellationToken cancel, int count = 50)
    {
        var thread = await database.QueryAsync<Interaction>(
            $"""
            SELECT * FROM (
                SELECT {Interaction.Columns} {Source}
                WHERE i.course_id = @courseId AND i.exercise_id = @exerciseId AND i.student_id = @studentId AND {MaySee}
                ORDER BY i.asked_at DESC, i.id DESC
                LIMIT @count) AS latest
            ORDER BY asked_at, id
            """,
            new { courseId, exerciseId, studentId, viewer = viewer.PersonId, count }, cancel);
        if (thread.Count == 0 || studentId == viewer.PersonId) return thread;
        var shown = await names.ForAsync(courseId, viewer, cancel);
        return [.. thread.Select(row => Shown(row, shown))];
    }

    // As staff read it; its own student reads what they wrote.
    private static Interaction Shown(Interaction row, ShownNames names) => row with
    {
        Work = names.Text(row.Work, row.StudentId), Question = names.Text(row.Question, row.StudentId), Answer = names.Text(row.Answer, row.StudentId),
        FileName = names.FileName(row.FileName, row.StudentId), RatingReason = names.Text(row.RatingReason, row.StudentId),
        EvidenceJson = LedgerJson.Write(names.Evidence(row.Evidence, row.StudentId)), BasisJson = LedgerJson.Write(names.Basis(row.Basis, row.StudentId)),
    };

    /// <summary>A person's own interactions, newest first; all courses when none is named.</summary>
    public async Task<InteractionPage> HistoryAsync(
        Viewer viewer, string? courseId, InteractionCursor? after, int count, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<Interaction>(
            $"""
            SELECT {Interaction.Columns} {Source}
            WHERE i.student_id = @viewer
              {(courseId is null ? "" : "AND i.course_id = @courseId")}
              {(after is null ? "" : "AND (i.asked_at, i.id) < (@afterTime, @afterId)")}
              AND {MaySee}
            ORDER BY i.asked_at DESC, i.id DESC
            LIMIT @limit
            """,
            new { viewer = viewer.PersonId, courseId, afterTime = after?.AskedAt, afterId = after?.Id, limit = count + 1 }, cancel);
        if (rows.Count <= count) return new InteractionPage(rows, null);
        var last = rows[count - 1];
        return new InteractionPage([.. rows.Take(count)], new InteractionCursor(last.AskedAt, last.Id));
    }

    /// <summary>The last hint a student got on an exercise; null before the first.</summary>
    public Task<Interaction?> FindLastAnswerAsync(string courseId, string exerciseId, string studentId, CancellationToken cancel) =>
        database.QuerySingleOrDefaultAsync<Interaction>(
            $"""
            SELECT {Interaction.Columns} {Source}
            WHERE i.student_id = @studentId AND i.course_id = @courseId AND i.exercise_id = @exerciseId AND i.state = 'done' AND NOT i.welfare
            ORDER BY i.asked_at DESC, i.id DESC
            LIMIT 1
            """,
            new { courseId, exerciseId, studentId }, cancel);

    /// <summary>What a runner tells the pipeline of earlier answers: finished ones before this one and what was shown of stopped ones, oldest first.</summary>
    public Task<IReadOnlyList<ThreadTurn>> EarlierTurnsAsync(Interaction current, int count, CancellationToken cancel) =>
        database.QueryAsync<ThreadTurn>(
            """
            SELECT * FROM (
                SELECT i.id AS interaction_id, i.kind, COALESCE(i.level, i.requested_level) AS level, s.body AS work, i.question, COALESCE(i.answer, '') AS answer,
                       i.misconception_id, i.asked_at
                FROM interaction i JOIN submission s ON s.id = i.submission_id
                WHERE i.student_id = @StudentId AND i.course_id = @CourseId AND i.exercise_id = @ExerciseId AND NOT i.welfare
                  AND (i.state = 'done' OR (i.state = 'cancelled' AND i.answer <> ''))
                  AND (i.asked_at, i.id) < (@AskedAt, @Id)
                ORDER BY i.asked_at DESC, i.id DESC
                LIMIT @count) AS latest
            ORDER BY asked_at, interaction_id
            """,
            new { current.StudentId, current.CourseId, current.ExerciseId, current.AskedAt, current.Id, count }, cancel);

    /// <summary>The last checkpoint of an open interaction; null when none was written.</summary>
    public Task<HintDraft?> FindDraftAsync(string id, CancellationToken cancel) => database.QuerySingleOrDefaultAsync<HintDraft>(
        "SELECT attempt, revision, text, tokens FROM interaction_draft WHERE interaction_id = @id", new { id }, cancel);

    /// <summary>Whether a hint helped, as its student says; saying it again replaces what was said.</summary>
    /// <returns>False when it is not their finished interaction.</returns>
    public async Task<bool> RateAsync(string id, Viewer viewer, bool helped, string? reason, CancellationToken cancel) =>
        await database.ExecuteAsync(
            """
            UPDATE interaction SET rating = @rating, rating_reason = @reason, rated_at = @now
            WHERE id = @id AND student_id = @viewer AND state NOT IN ('queued', 'running')
            """,
            new { id, viewer = viewer.PersonId, rating = helped ? 1 : -1, reason, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, cancel) == 1;

    /// <summary>Today's use of a student's quota in a course.</summary>
    public async Task<QuotaUse> QuotaAsync(string courseId, string studentId, int hintsPerDay, CancellationToken cancel)
    {
        var day = (await database.Zones.OfAsync(courseId, cancel)).DayOf(time.GetUtcNow());
        var used = await database.QuerySingleOrDefaultAsync<int?>(
            "SELECT used FROM quota WHERE course_id = @courseId AND student_id = @studentId AND day = @day",
            new { courseId, studentId, day = day.Key }, cancel);
        var given = await database.QuerySingleOrDefaultAsync<int>(
            "SELECT extra FROM student_allowance WHERE course_id = @courseId AND student_id = @studentId AND day = @day",
            new { courseId, studentId, day = day.Key }, cancel);
        return new QuotaUse(used ?? 0, hintsPerDay + given, day.EndsAt);
    }
}
