using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Flags;

/// <summary>The flags of a course for its staff. There is no count, score or order by student, and none is to be added.</summary>
public sealed class FlagQueue(Database database, StudentNames names, AuditLog audit)
{
    private const string ForStaff =
        "JOIN membership m ON m.course_id = f.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')";

    /// <param name="state">open, confirmed or dismissed.</param>
    /// <param name="ruleId">Flags of one rule, nudges among them; null lists what asks for a person's look.</param>
    /// <param name="version">Of the rule; null takes all.</param>
    public async Task<FlagPage> ListAsync(
        string courseId, Viewer viewer, string state, string? ruleId, string? after, int count, CancellationToken cancel, int? version = null)
    {
        var rows = await database.QueryAsync<FlagEntry>(
            $"""
            SELECT f.id, CASE WHEN f.severity >= 2 THEN f.interaction_id END AS interaction_id, i.exercise_id,
                   i.student_id, f.category, f.rule_id, f.severity, f.quote, f.state,
                   f.answer IS NOT NULL AS answered, f.created_at
            FROM flag f
            {ForStaff}
            JOIN interaction i ON i.id = f.interaction_id AND NOT i.welfare
            WHERE f.course_id = @courseId AND f.state = @state
              {(ruleId is null ? "AND f.severity >= 2" : "AND f.rule_id = @ruleId")}
              {(version is null ? "" : "AND f.rule_version = @version")}
              {(after is null ? "" : "AND (f.created_at, f.id) < (SELECT a.created_at, a.id FROM flag a WHERE a.id = @after AND a.course_id = @courseId)")}
            ORDER BY f.created_at DESC, f.id DESC
            LIMIT @limit
            """,
            new { courseId, viewer = viewer.PersonId, state, ruleId, version, after, limit = count + 1 }, cancel);
        var shown = await names.ForAsync(courseId, viewer, cancel);
        rows = [.. rows.Select(row => row with
        {
            Student = row.Severity >= 2 ? shown.Of(row.StudentId) : null, Quote = row.Severity >= 2 ? shown.Text(row.Quote, row.StudentId) : shown.Nameless(row.Quote, row.StudentId),
        })];
        return rows.Count > count ? new FlagPage([.. rows.Take(count)], rows[count - 1].Id) : new FlagPage(rows, null);
    }

    /// <summary>One flag for the staff of its course, and noted; null for anyone else.</summary>
    public async Task<FlagDetail?> FindAsync(string courseId, string id, Viewer viewer, CancellationToken cancel)
    {
        var context = await database.QuerySingleOrDefaultAsync<ContextRow>(
            $"""
            SELECT i.exercise_id, i.student_id, CASE WHEN f.field = 'work' THEN s.body WHEN f.field = 'question' THEN i.question ELSE '' END AS text
            FROM flag f
            {ForStaff}
            JOIN interaction i ON i.id = f.interaction_id AND NOT i.welfare
            JOIN submission s ON s.id = i.submission_id
            WHERE f.id = @id AND f.course_id = @courseId
            """,
            new { id, courseId, viewer = viewer.PersonId }, cancel);
        if (context is null)
            return null;
        var flag = (await database.QueryAsync<Flag>(
            $"SELECT {Flag.Columns}, r.name AS reviewed_by_name FROM flag f LEFT JOIN person r ON r.id = f.reviewed_by WHERE f.id = @id", new { id }, cancel))[0];
        await audit.NoteOpenedAsync(viewer, courseId, AuditObject.Flag, id, cancel);
        var named = flag.Severity >= 2;
        var shown = await names.ForAsync(courseId, viewer, cancel);
        string Words(string text) => named ? shown.Text(text, context.StudentId) : shown.Nameless(text, context.StudentId);
        return new FlagDetail
        {
            Flag = flag.Shown(Words), ExerciseId = context.ExerciseId, Text = Words(context.Text), Student = named ? shown.Of(context.StudentId) : null,
            InteractionId = named ? flag.InteractionId : null,
        };
    }

    private sealed record ContextRow
    {
        public string ExerciseId { get; init; } = "";
        public string StudentId { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
