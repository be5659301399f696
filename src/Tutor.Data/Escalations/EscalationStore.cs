using Dapper;
using Microsoft.Extensions.Options;
using Tutor.Core;
using Tutor.Core.Escalations;
using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Escalations;

/// <summary>Asking a TA, the queue of a course, and the answers.</summary>
public sealed class EscalationStore(
    Database database, EscalationFeed feed, IOptions<EscalationOptions> options, StudentNames names, AuditLog audit, TimeProvider clock)
{
    private const string Columns =
        """
        e.id, e.interaction_id, e.course_id, e.exercise_id, e.student_id, e.message, e.state, e.claimed_by, e.created_at,
        e.claimed_at, e.resolved_at, claimer.name AS claimed_by_name,
        (e.state = 'open' AND e.created_at < @overdueBefore) AS overdue,
        (SELECT COUNT(*) FROM escalation_reply r WHERE r.escalation_id = e.id) AS reply_count,
        COALESCE((SELECT s.section FROM membership s WHERE s.course_id = e.course_id AND s.person_id = e.student_id), '') AS student_section
        """;

    /// <summary>Asks for a person's help with an own finished interaction. Asking twice gives the first one.</summary>
    /// <returns>The escalation; null where the interaction is not this student's or is still being worked on.</returns>
    public async Task<Escalation?> AskAsync(string interactionId, Viewer student, string message, CancellationToken cancel)
    {
        var created = await database.WriteAsync(async (connection, transaction) =>
        {
            var inserted = await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO escalation (id, interaction_id, course_id, exercise_id, student_id, message, state, created_at)
                SELECT @id, i.id, i.course_id, i.exercise_id, i.student_id, @message, 'open', @now
                FROM interaction i
                JOIN membership m ON m.course_id = i.course_id AND m.person_id = i.student_id
                WHERE i.id = @interactionId AND i.student_id = @student AND i.state NOT IN ('queued', 'running') AND NOT i.welfare
                ON CONFLICT (interaction_id) DO NOTHING
                """,
                new { id = TutorId.New(), interactionId, student = student.PersonId, message = message.Trim(), now = Now }, transaction, cancellationToken: cancel));
            if (inserted == 1)
                await connection.ExecuteAsync(new CommandDefinition(
                    "UPDATE interaction SET escalated = TRUE WHERE id = @interactionId", new { interactionId }, transaction, cancellationToken: cancel));
            return inserted == 1;
        }, cancel);
        var escalation = await FindForInteractionAsync(interactionId, student, cancel);
        if (created && escalation is not null)
            Tell(escalation);
        return escalation;
    }

    // Students of no section are everybody's, so that nobody waits unseen.
    private const string OfSection =
        """
        AND COALESCE((SELECT s.section FROM membership s WHERE s.course_id = e.course_id AND s.person_id = e.student_id), '') IN ('', @section)
        """;

    /// <summary>The queue of a course for its staff: waiting and claimed ones oldest first, resolved ones newest first.</summary>
    /// <param name="section">Only of students in this section or in none; null takes all.</param>
    public async Task<EscalationPage> QueueAsync(
        string courseId, Viewer viewer, string state, string? after, int count, CancellationToken cancel, string? section = null)
    {
        var (compare, order) = state == EscalationState.Resolved ? ("<", "DESC") : (">", "ASC");
        var rows = await database.QueryAsync<Escalation>(
            $"""
            SELECT {Columns}
            FROM escalation e
            JOIN membership m ON m.course_id = e.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
            LEFT JOIN person claimer ON claimer.id = e.claimed_by
            WHERE e.course_id = @courseId AND e.state = @state {(section is null ? "" : OfSection)}
              {(after is null ? "" : $"AND (e.created_at, e.id) {compare} ((SELECT a.created_at FROM escalation a WHERE a.id = @after AND a.course_id = @courseId), @after)")}
            ORDER BY e.created_at {order}, e.id {order}
            LIMIT @limit
            """,
            new { courseId, viewer = viewer.PersonId, state, after, section, limit = count + 1, overdueBefore = OverdueBefore }, cancel);
        var shown = await names.ForAsync(courseId, viewer, cancel);
        rows = [.. rows.Select(row => row with { Student = shown.Of(row.StudentId), Message = shown.Text(row.Message, row.StudentId) })];
        return rows.Count > count ? new EscalationPage([.. rows.Take(count)], rows[count - 1].Id) : new EscalationPage(rows, null);
    }

    /// <param name="section">As in <see cref="QueueAsync"/>.</param>
    public async Task<EscalationCounts> CountAsync(string courseId, Viewer viewer, CancellationToken cancel, string? section = null) =>
        await database.QuerySingleOrDefaultAsync<EscalationCounts>(
            $"""
            SELECT COUNT(*) FILTER (WHERE e.state = 'open') AS open, COUNT(*) FILTER (WHERE e.state = 'claimed') AS claimed,
                   COUNT(*) FILTER (WHERE e.state = 'resolved') AS resolved,
                   COUNT(*) FILTER (WHERE e.state = 'open' AND e.created_at < @overdueBefore) AS overdue
            FROM escalation e
            JOIN membership m ON m.course_id = e.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
            WHERE e.course_id = @courseId {(section is null ? "" : OfSection)}
            """,
            new { courseId, viewer = viewer.PersonId, section, overdueBefore = OverdueBefore }, cancel) ?? new EscalationCounts();

    /// <summary>One escalation with its replies, for its student and, noted, for the staff of its course.</summary>
    public async Task<Escalation?> FindAsync(string id, Viewer viewer, CancellationToken cancel)
    {
        var found = await LoadAsync("e.id = @key", id, viewer, cancel);
        if (found is not null && found.StudentId != viewer.PersonId)
            await audit.NoteOpenedAsync(viewer, found.CourseId, AuditObject.Escalation, id, cancel);
        return found;
    }

    /// <summary>The escalation of an interaction, for its student and for the staff of its course.</summary>
    public Task<Escalation?> FindForInteractionAsync(string interactionId, Viewer viewer, CancellationToken cancel) =>
        LoadAsync("e.interaction_id = @key", interactionId, viewer, cancel);

    /// <summary>Takes an open escalation. Of two people who try at once, one gets it.</summary>
    public Task<EscalationOutcome> ClaimAsync(string id, Viewer viewer, CancellationToken cancel) =>
        ChangeAsync(
            "claimed", "SET state = 'claimed', claimed_by = @viewer, claimed_at = @now WHERE id = @id AND state = 'open'", Staff, id, viewer, cancel);

    /// <summary>Gives it back to the queue: who claimed it, or an instructor.</summary>
    public Task<EscalationOutcome> ReleaseAsync(string id, Viewer viewer, CancellationToken cancel) =>
        ChangeAsync(
            "given back", "SET state = 'open', claimed_by = NULL, claimed_at = NULL WHERE id = @id AND state = 'claimed'", ClaimerOrInstructor, id, viewer, cancel);

    /// <summary>Closes it: who claimed it, or an instructor.</summary>
    public Task<EscalationOutcome> ResolveAsync(string id, Viewer viewer, CancellationToken cancel) =>
        ChangeAsync("resolved", "SET state = 'resolved', resolved_at = @now WHERE id = @id AND state = 'claimed'", ClaimerOrInstructor, id, viewer, cancel);

    /// <summary>Takes a resolved escalation up again.</summary>
    public Task<EscalationOutcome> ReopenAsync(string id, Viewer viewer, CancellationToken cancel) =>
        ChangeAsync(
            "reopened", "SET state = 'claimed', resolved_at = NULL, claimed_by = @viewer, claimed_at = @now WHERE id = @id AND state = 'resolved'",
            Staff, id, viewer, cancel);

    /// <summary>Answers the student. Only who holds the claim answers, so that the student hears one voice.</summary>
    public async Task<EscalationOutcome> ReplyAsync(string id, Viewer viewer, string body, CancellationToken cancel)
    {
        var inserted = await audit.ExecuteAsync(
            $"""
            INSERT INTO escalation_reply (id, escalation_id, author_id, body, created_at)
            SELECT @replyId, escalation.id, @viewer, @body, @now
            FROM escalation
            WHERE escalation.id = @id AND escalation.state = 'claimed' AND escalation.claimed_by = @viewer AND {Staff}
            """,
            new { replyId = TutorId.New(), id, viewer = viewer.PersonId, body = body.Trim(), now = Now }, Changed(id, viewer, "answered"), cancel);
        return await OutcomeAsync(inserted, id, viewer, cancel);
    }

    private const string Staff =
        """
        EXISTS (SELECT 1 FROM membership m
                WHERE m.course_id = escalation.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor'))
        """;

    private const string ClaimerOrInstructor =
        """
        EXISTS (SELECT 1 FROM membership m
                WHERE m.course_id = escalation.course_id AND m.person_id = @viewer
                  AND (m.role = 'instructor' OR (m.role = 'ta' AND escalation.claimed_by = @viewer)))
        """;

    private async Task<EscalationOutcome> ChangeAsync(string done, string change, string right, string id, Viewer viewer, CancellationToken cancel) =>
        await OutcomeAsync(
            await audit.ExecuteAsync(
                $"UPDATE escalation {change} AND {right}", new { id, viewer = viewer.PersonId, now = Now }, Changed(id, viewer, done), cancel), id, viewer, cancel);

    private static AuditEvent Changed(string id, Viewer viewer, string done) => new(viewer, null, AuditAction.Changed, AuditObject.Escalation, id, done);

    private async Task<EscalationOutcome> OutcomeAsync(int changed, string id, Viewer viewer, CancellationToken cancel)
    {
        var current = await LoadAsync("e.id = @key", id, viewer, cancel);
        if (current is null)
            return new EscalationOutcome(EscalationResult.NotFound, null);
        if (changed == 0)
            return new EscalationOutcome(EscalationResult.Conflict, current);
        Tell(current);
        return new EscalationOutcome(EscalationResult.Done, current);
    }

    private async Task<Escalation?> LoadAsync(string where, string key, Viewer viewer, CancellationToken cancel)
    {
        var escalation = await database.QuerySingleOrDefaultAsync<Escalation>(
            $"""
            SELECT {Columns}
            FROM escalation e
            JOIN membership m ON m.course_id = e.course_id AND m.person_id = @viewer
            LEFT JOIN person claimer ON claimer.id = e.claimed_by
            WHERE {where} AND (e.student_id = @viewer OR m.role IN ('ta', 'instructor'))
            """,
            new { key, viewer = viewer.PersonId, overdueBefore = OverdueBefore }, cancel);
        if (escalation is null)
            return null;
        var replies = await database.QueryAsync<EscalationReply>(
            """
            SELECT r.id, r.escalation_id, r.author_id, r.body, r.created_at, p.name AS author_name
            FROM escalation_reply r
            LEFT JOIN person p ON p.id = r.author_id
            WHERE r.escalation_id = @id
            ORDER BY r.created_at, r.id
            """,
            new { id = escalation.Id }, cancel);
        var shown = await names.ForAsync(escalation.CourseId, viewer, cancel);
        return escalation with
        {
            Replies = replies, Student = shown.Of(escalation.StudentId), Message = shown.Text(escalation.Message, escalation.StudentId),
        };
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long OverdueBefore => Now - options.Value.OverdueAfterMinutes * 60_000L;

    private void Tell(Escalation e) => feed.Publish(new EscalationChange(e.Id, e.InteractionId, e.CourseId, e.StudentId));
}
