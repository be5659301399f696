using Tutor.Data.People;

namespace Tutor.Data.Interactions;

/// <summary>Work in progress, saved while it is written so that a reload loses nothing.</summary>
public sealed class WorkDraftStore(Database database)
{
    public Task<WorkDraft?> FindAsync(string courseId, string exerciseId, Viewer viewer, CancellationToken cancel) =>
        database.QuerySingleOrDefaultAsync<WorkDraft>(
            """
            SELECT body, question, updated_at FROM draft
            WHERE student_id = @viewer AND course_id = @courseId AND exercise_id = @exerciseId
            """,
            new { courseId, exerciseId, viewer = viewer.PersonId }, cancel);

    /// <param name="at">When the text came here, Unix milliseconds: a text that came later stays, whichever is written first.</param>
    /// <returns>False when the viewer does not belong to the course or a later text is there.</returns>
    public async Task<bool> SaveAsync(
        string courseId, string exerciseId, Viewer viewer, string body, string question, long at, CancellationToken cancel) =>
        await database.ExecuteAsync(
            """
            INSERT INTO draft (student_id, course_id, exercise_id, body, question, updated_at)
            SELECT @viewer, @courseId, @exerciseId, @body, @question, @at
            FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer
            ON CONFLICT (student_id, course_id, exercise_id) DO UPDATE
            SET body = excluded.body, question = excluded.question, updated_at = excluded.updated_at
            WHERE draft.updated_at <= excluded.updated_at
            """,
            new { courseId, exerciseId, viewer = viewer.PersonId, body, question, at }, cancel) == 1;
}
