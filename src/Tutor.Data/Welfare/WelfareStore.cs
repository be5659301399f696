using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Welfare;

/// <summary>Messages of distress, for the people a course names as its welfare contacts and for nobody else.</summary>
public sealed class WelfareStore(Database database, WelfareFeed feed, AuditLog audit, TimeProvider clock)
{
    public const int NoticesShown = 10;

    private const string ForContact =
        "EXISTS (SELECT 1 FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role = 'welfare')";

    /// <summary>The students who wrote such a message, one entry each: who waits longest first, then those taken up, the latest first. Empty for anyone but the contacts.</summary>
    public async Task<WelfareEntries> ListAsync(string courseId, Viewer viewer, int skip, int count, CancellationToken cancel)
    {
        var students = await database.QueryAsync<StudentRow>(
            $"""
            SELECT w.student_id, p.name AS student_name, p.email AS student_email, w.waiting_since, w.messages,
                   COUNT(*) OVER () AS students, COUNT(w.waiting_since) OVER () AS waiting
            FROM (SELECT n.student_id, MIN(CASE WHEN n.taken_up_at IS NULL THEN n.created_at END) AS waiting_since,
                         COUNT(*) + SUM(n.more) AS messages, MAX(n.last_at) AS last_at
                  FROM welfare_notice n WHERE n.course_id = @courseId AND {ForContact} GROUP BY n.student_id) AS w
            LEFT JOIN person p ON p.id = w.student_id
            ORDER BY CASE WHEN w.waiting_since IS NULL THEN 1 ELSE 0 END, w.waiting_since, w.last_at DESC, w.student_id
            LIMIT @count OFFSET @skip
            """,
            new { courseId, viewer = viewer.PersonId, skip, count }, cancel);
        if (students.Count == 0) return new WelfareEntries([], 0, 0);
        var notices = (await NoticesAsync(courseId, viewer, [.. students.Select(student => student.StudentId)], cancel)).ToLookup(notice => notice.StudentId);
        // Instructors do not read these entries: that there are notices is said to nobody.
        await audit.NoteOpenedAsync(viewer, courseId, AuditObject.WelfareNotices, courseId, cancel);
        return new WelfareEntries(
            [.. students.Select(student => new WelfareEntry
            {
                StudentId = student.StudentId, StudentName = student.StudentName ?? "", StudentEmail = student.StudentEmail,
                WaitingSince = student.WaitingSince, Messages = student.Messages, Notices = [.. notices[student.StudentId]],
            })],
            students[0].Students, students[0].Waiting);
    }

    /// <summary>How many students wrote something that nobody has taken up; 0 for anyone but the contacts.</summary>
    public Task<int> CountAsync(string courseId, Viewer viewer, CancellationToken cancel) => database.QuerySingleOrDefaultAsync<int>(
        $"SELECT COUNT(DISTINCT n.student_id) FROM welfare_notice n WHERE n.course_id = @courseId AND n.taken_up_at IS NULL AND {ForContact}",
        new { courseId, viewer = viewer.PersonId }, cancel);

    /// <summary>Says that a contact has taken up what a student wrote until a notice; what came after it still waits.</summary>
    /// <param name="until">Id of the newest notice the contact has read.</param>
    /// <returns>False where there is nothing to take up, as when a colleague did, or this person is no contact of that course.</returns>
    public async Task<bool> TakeUpAsync(string courseId, string until, Viewer viewer, string note, CancellationToken cancel)
    {
        var taken = await audit.ExecuteAsync(
            $"""
            UPDATE welfare_notice SET taken_up_by = @viewer, taken_up_at = @now, note = @note
            WHERE course_id = @courseId AND taken_up_at IS NULL AND {ForContact}
              AND EXISTS (SELECT 1 FROM welfare_notice r WHERE r.id = @until AND r.course_id = @courseId AND r.student_id = welfare_notice.student_id
                            AND (welfare_notice.created_at, welfare_notice.id) <= (r.created_at, r.id))
            """,
            new { courseId, until, viewer = viewer.PersonId, note = note.Trim(), now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
            new AuditEvent(viewer, courseId, AuditAction.Changed, AuditObject.WelfareNotices, until, "taken up"), cancel);
        if (taken > 0) feed.Publish(courseId);
        return taken > 0;
    }

    /// <summary>Whether a course names anyone; its staff are told where it does not. That there are notices nobody is told.</summary>
    public async Task<bool> HasContactAsync(string courseId, CancellationToken cancel) =>
        await database.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM membership WHERE course_id = @courseId AND role = 'welfare'", new { courseId }, cancel) > 0;

    private Task<IReadOnlyList<WelfareNotice>> NoticesAsync(string courseId, Viewer viewer, IReadOnlyList<string> students, CancellationToken cancel) =>
        database.QueryAsync<WelfareNotice>(
            $"""
            SELECT w.id, w.student_id, w.quote, CASE WHEN w.field = 'question' THEN i.question ELSE s.body END AS message,
                   w.created_at, w.more, w.last_at, t.name AS taken_up_by_name, w.taken_up_at, w.note
            FROM (SELECT n.*, ROW_NUMBER() OVER (PARTITION BY n.student_id
                         ORDER BY CASE WHEN n.taken_up_at IS NULL THEN 0 ELSE 1 END, n.created_at DESC, n.id DESC) AS nth
                  FROM welfare_notice n WHERE n.course_id = @courseId AND n.student_id {Sql.Among(database.Dialect, "@students")}) AS w
            JOIN interaction i ON i.id = w.interaction_id
            JOIN submission s ON s.id = i.submission_id
            LEFT JOIN person t ON t.id = w.taken_up_by
            WHERE w.nth <= {NoticesShown} AND {ForContact}
            ORDER BY w.student_id, w.nth
            """,
            new { courseId, viewer = viewer.PersonId, students }, cancel);

    private sealed record StudentRow
    {
        public required string StudentId { get; init; }
        public string? StudentName { get; init; }
        public string? StudentEmail { get; init; }
        public long? WaitingSince { get; init; }
        public int Messages { get; init; }
        public int Students { get; init; }
        public int Waiting { get; init; }
    }
}
