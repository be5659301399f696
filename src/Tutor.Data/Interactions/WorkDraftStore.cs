using Dapper;
using Tutor.Data.People;

namespace Tutor.Data.Interactions;

/// <summary>Work in progress, saved while it is written so that a reload loses nothing and no window overwrites what another one wrote.</summary>
public sealed class WorkDraftStore(Database database)
{
    /// <summary>Earlier versions kept of one exercise.</summary>
    public const int MostKept = 10;

    public Task<WorkDraft?> FindAsync(string courseId, string exerciseId, Viewer viewer, CancellationToken cancel) =>
        database.QuerySingleOrDefaultAsync<WorkDraft>(
            """
            SELECT body, question, follow_up, version, window_id, updated_at FROM draft
            WHERE student_id = @viewer AND course_id = @courseId AND exercise_id = @exerciseId
            """,
            new { courseId, exerciseId, viewer = viewer.PersonId }, cancel);

    /// <summary>Saves a window's text where it goes on from what is stored, and sets it aside where it does not.</summary>
    /// <param name="at">When the text came here, Unix milliseconds: of two texts of one window the one that came later stays, whichever is written first.</param>
    public async Task<DraftSave> SaveAsync(
        string courseId, string exerciseId, Viewer viewer, DraftText text, DraftWindow window, long at, CancellationToken cancel)
    {
        var parameters = new { courseId, exerciseId, viewer = viewer.PersonId, text.Body, text.Question, text.FollowUp, window.Id, window.Known, at };
        if (await database.ExecuteAsync(
            """
            INSERT INTO draft (student_id, course_id, exercise_id, body, question, follow_up, version, window_id, updated_at)
            SELECT @viewer, @courseId, @exerciseId, @Body, @Question, COALESCE(@FollowUp, ''), 1, @Id, @at
            FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer
            ON CONFLICT (student_id, course_id, exercise_id) DO UPDATE
            SET body = excluded.body, question = excluded.question, follow_up = COALESCE(@FollowUp, draft.follow_up),
                version = draft.version + 1, window_id = excluded.window_id, updated_at = excluded.updated_at
            WHERE (draft.window_id = @Id AND draft.updated_at <= @at) OR (draft.window_id <> @Id AND draft.version = @Known)
            """, parameters, cancel) == 1) return new DraftSave.Saved(window.Known);

        if (await FindAsync(courseId, exerciseId, viewer, cancel) is not { } now) return new DraftSave.Refused();
        if (now.WindowId == window.Id) return new DraftSave.Saved(window.Known);
        if (text.IsIn(now)) return new DraftSave.Saved(now.Version);
        // One place for each window: while its student has not chosen, every key would make another version.
        return await KeepAsync(courseId, exerciseId, viewer, window.Id, text, at, cancel) ? new DraftSave.ChangedElsewhere(now) : new DraftSave.Refused();
    }

    /// <summary>Sets a text aside before another one takes its place.</summary>
    /// <param name="id">A text set aside before under the same one goes.</param>
    /// <returns>False when the viewer does not belong to the course.</returns>
    public Task<bool> KeepAsync(string courseId, string exerciseId, Viewer viewer, string id, DraftText text, long at, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var parameters = new { courseId, exerciseId, viewer = viewer.PersonId, id, text.Body, text.Question, at, MostKept };
            var kept = await connection.ExecuteAsync(Sql.In(transaction,
                """
                INSERT INTO draft_kept (id, student_id, course_id, exercise_id, body, question, kept_at)
                SELECT @id, @viewer, @courseId, @exerciseId, @Body, @Question, @at
                FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer
                ON CONFLICT (student_id, course_id, exercise_id, id) DO UPDATE
                SET body = excluded.body, question = excluded.question, kept_at = excluded.kept_at
                """, parameters, cancel));
            await connection.ExecuteAsync(Sql.In(transaction,
                """
                DELETE FROM draft_kept WHERE student_id = @viewer AND course_id = @courseId AND exercise_id = @exerciseId AND id NOT IN (
                    SELECT id FROM draft_kept WHERE student_id = @viewer AND course_id = @courseId AND exercise_id = @exerciseId
                    ORDER BY kept_at DESC, id LIMIT @MostKept)
                """, parameters, cancel));
            return kept == 1;
        }, cancel);

    /// <summary>Texts that another one took the place of, the latest first.</summary>
    public Task<IReadOnlyList<KeptDraft>> KeptAsync(string courseId, string exerciseId, Viewer viewer, CancellationToken cancel) =>
        database.QueryAsync<KeptDraft>(
            """
            SELECT id, body, question, kept_at FROM draft_kept
            WHERE student_id = @viewer AND course_id = @courseId AND exercise_id = @exerciseId
            ORDER BY kept_at DESC, id
            """,
            new { courseId, exerciseId, viewer = viewer.PersonId }, cancel);
}
