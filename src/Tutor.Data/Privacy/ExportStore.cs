using Tutor.Core;
using Tutor.Core.Privacy;
using Tutor.Core.Privacy.Export;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Privacy;

/// <summary>What an instructor may take out of a course, and the note that they did. Messages of distress, flags and reviews are never part of it.</summary>
public sealed class ExportStore(Database database, Rosters rosters, AuditLog audit, TimeProvider clock)
{
    private const string ForInstructor =
        "EXISTS (SELECT 1 FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role = 'instructor')";

    /// <summary>Most requests of one export; what is older waits for the next.</summary>
    public const int MostRows = 20_000;

    /// <returns>The newest finished requests; empty for anyone but an instructor of the course.</returns>
    public async Task<IReadOnlyList<ExportSourceRow>> ReadAsync(string courseId, Viewer viewer, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<ExportSourceRow>(
            $"""
            SELECT i.id AS interaction_id, i.student_id, i.exercise_id, i.asked_at, i.kind, i.level, COALESCE(i.writer, '') AS writer, i.state,
                   COALESCE(i.guard_action, '') AS guard_action, i.rating, i.question, s.body AS work, COALESCE(i.answer, '') AS answer
            FROM interaction i JOIN submission s ON s.id = i.submission_id
            WHERE i.course_id = @courseId AND NOT i.welfare AND i.state NOT IN ('queued', 'running') AND {ForInstructor}
            ORDER BY i.asked_at DESC, i.id DESC LIMIT {MostRows}
            """,
            new { courseId, viewer = viewer.PersonId }, cancel);
        if (rows.Count > 0) await audit.NoteOpenedAsync(viewer, courseId, AuditObject.File, "export being prepared", cancel);
        return rows;
    }

    /// <returns>The people whose names must not leave; empty for anyone but an instructor of the course.</returns>
    public async Task<IReadOnlyList<RosterPerson>> PeopleAsync(string courseId, Viewer viewer, CancellationToken cancel) =>
        await database.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM course c WHERE c.id = @courseId AND {ForInstructor}", new { courseId, viewer = viewer.PersonId }, cancel) == 1
            ? await rosters.PeopleAsync(courseId, cancel)
            : [];

    /// <summary>Notes that a file is about to be handed out.</summary>
    /// <returns>False where this person may not have it.</returns>
    public async Task<bool> NoteAsync(string courseId, Viewer viewer, string file, int rows, string sha256, CancellationToken cancel) => await audit.ExecuteAsync(
        $"""
        INSERT INTO export_log (id, course_id, person_id, file, rows, sha256, created_at)
        SELECT @id, c.id, @viewer, @file, @rows, @sha256, @now FROM course c WHERE c.id = @courseId AND {ForInstructor}
        """,
        new { id = TutorId.New(), courseId, viewer = viewer.PersonId, file, rows, sha256, now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
        new AuditEvent(viewer, courseId, AuditAction.Exported, AuditObject.File, file, $"{rows} rows, SHA-256 {sha256}"), cancel) == 1;
}
