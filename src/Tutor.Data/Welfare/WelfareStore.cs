using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Welfare;

/// <summary>Messages of distress, for the people a course names as its welfare contacts and for nobody else.</summary>
public sealed class WelfareStore(Database database, AuditLog audit, TimeProvider clock)
{
    private const string ForContact =
        "EXISTS (SELECT 1 FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role = 'welfare')";

    /// <summary>All notices of a course, those nobody has taken up first, newest first among equals; empty for anyone but its contacts.</summary>
    public async Task<IReadOnlyList<WelfareNotice>> ListAsync(string courseId, Viewer viewer, CancellationToken cancel)
    {
        var notices = await database.QueryAsync<WelfareNotice>(
            $"""
            SELECT w.id, p.name AS student_name, p.email AS student_email, w.quote,
                   CASE WHEN w.field = 'question' THEN i.question ELSE s.body END AS message,
                   w.created_at, t.name AS taken_up_by_name, w.taken_up_at, w.note
            FROM welfare_notice w
            JOIN interaction i ON i.id = w.interaction_id
            JOIN submission s ON s.id = i.submission_id
            LEFT JOIN person p ON p.id = w.student_id
            LEFT JOIN person t ON t.id = w.taken_up_by
            WHERE w.course_id = @courseId AND {ForContact}
            ORDER BY CASE WHEN w.taken_up_at IS NULL THEN 0 ELSE 1 END, w.created_at DESC, w.id DESC
            LIMIT 200
            """,
            new { courseId, viewer = viewer.PersonId }, cancel);
        // Instructors do not read these entries: that there are notices is said to nobody.
        if (notices.Count > 0) await audit.NoteOpenedAsync(viewer, courseId, AuditObject.WelfareNotices, courseId, cancel);
        return notices;
    }

    /// <summary>Says that a contact has taken a notice up. A later word replaces an earlier one.</summary>
    /// <returns>False where this person is no contact of that course.</returns>
    public async Task<bool> TakeUpAsync(string courseId, string id, Viewer viewer, string note, CancellationToken cancel) =>
        await audit.ExecuteAsync(
            $"""
            UPDATE welfare_notice SET taken_up_by = @viewer, taken_up_at = @now, note = @note
            WHERE id = @id AND course_id = @courseId AND {ForContact}
            """,
            new { courseId, id, viewer = viewer.PersonId, note = note.Trim(), now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
            new AuditEvent(viewer, courseId, AuditAction.Changed, AuditObject.WelfareNotices, id, "taken up"), cancel) == 1;

    /// <summary>Whether a course names anyone; its staff are told where it does not. That there are notices nobody is told.</summary>
    public async Task<bool> HasContactAsync(string courseId, CancellationToken cancel) =>
        await database.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM membership WHERE course_id = @courseId AND role = 'welfare'", new { courseId }, cancel) > 0;
}
