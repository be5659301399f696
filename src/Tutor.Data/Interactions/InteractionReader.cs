using Dapper;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Data.Audit;
using Tutor.Data.Escalations;
using Tutor.Data.Flags;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Interactions;

/// <summary>One interaction with all that was recorded about it, and the review of it.</summary>
public sealed class InteractionReader(Database database, EscalationStore escalations, StudentNames names, AuditLog audit, TimeProvider clock)
{
    /// <summary>For staff of the interaction's course, and noted; null for everyone else.</summary>
    public async Task<InteractionDetail?> FindAsync(string id, Viewer viewer, CancellationToken cancel)
    {
        InteractionDetail? detail;
        await using (var connection = await database.OpenAsync(cancel))
        {
            detail = await connection.QuerySingleOrDefaultAsync<InteractionDetail>(Command(
                """
                SELECT i.id, i.course_id, i.course_version_id, v.number AS course_version_number, i.exercise_id, i.student_id,
                       i.submission_id, s.file_name, s.body AS work, i.kind, i.question, i.requested_level,
                       i.state, i.attempt, i.asked_at, i.started_at, i.finished_at, i.level, i.answer, i.writer, i.writer_reason,
                       i.misconception_id, i.guard_action, i.error, i.model, i.host, i.adapter, i.seed, i.input_tokens,
                       i.cached_tokens, i.output_tokens, i.cost_micro, i.trace_id, i.rating, i.rating_reason, i.rated_at,
                       i.reviewed_by, reviewer.name AS reviewed_by_name, i.reviewed_at, i.review_note, i.flagged
                FROM interaction i
                JOIN membership m ON m.course_id = i.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
                JOIN submission s ON s.id = i.submission_id
                LEFT JOIN course_version v ON v.id = i.course_version_id
                LEFT JOIN person reviewer ON reviewer.id = i.reviewed_by
                WHERE i.id = @id AND NOT i.welfare
                """));
            if (detail is null)
                return null;
            detail = await WithRecordsAsync(connection, detail);
        }
        await audit.NoteOpenedAsync(viewer, detail.CourseId, AuditObject.Interaction, id, cancel);
        return Shown(detail, await names.ForAsync(detail.CourseId, viewer, cancel)) with
        {
            Escalation = await escalations.FindForInteractionAsync(id, viewer, cancel),
        };

        CommandDefinition Command(string sql) => new(sql, new { id, viewer = viewer.PersonId }, cancellationToken: cancel);

        async Task<InteractionDetail> WithRecordsAsync(System.Data.Common.DbConnection connection, InteractionDetail d)
        {
            var json = await connection.QuerySingleAsync<(string? Evidence, string? Basis, string? Prompt)>(Command(
                """
                SELECT i.evidence, i.basis, (SELECT messages FROM interaction_prompt WHERE interaction_id = i.id)
                FROM interaction i WHERE i.id = @id
                """));
            return d with
            {
                Evidence = LedgerJson.Read<RunEvidence>(json.Evidence),
                Basis = LedgerJson.Read<IReadOnlyList<BasisItem>>(json.Basis) ?? [],
                Prompt = LedgerJson.Read<IReadOnlyList<PromptMessage>>(json.Prompt) ?? [],
                Steps = (await connection.QueryAsync<RecordedStep>(Command(
                    """
                    SELECT attempt, position, step, state, started_at, ended_at, input_tokens, cached_tokens, output_tokens, cost_micro, detail
                    FROM interaction_step WHERE interaction_id = @id ORDER BY attempt, position
                    """))).AsList(),
                Verdicts = (await connection.QueryAsync<RecordedVerdict>(Command(
                    "SELECT layer, span, reason FROM verdict WHERE interaction_id = @id ORDER BY id"))).AsList(),
                Flags = (await connection.QueryAsync<Flag>(Command(
                    """
                    SELECT f.id, f.interaction_id, f.category, f.rule_id, f.rule_version, f.severity, f.field, f.start, f.quote, f.explanation, f.threshold,
                           f.model, f.model_category, f.model_confidence, f.model_quote, f.answer, f.answered_at,
                           f.state, f.reviewed_by, p.name AS reviewed_by_name, f.reviewed_at, f.review_reason, f.created_at
                    FROM flag f LEFT JOIN person p ON p.id = f.reviewed_by
                    WHERE f.interaction_id = @id AND f.severity >= 2 ORDER BY f.severity DESC, f.id
                    """))).AsList(),
                NextWork = await connection.QueryFirstOrDefaultAsync<string>(Command(
                    """
                    SELECT later.body
                    FROM interaction i
                    JOIN submission s ON s.id = i.submission_id
                    JOIN submission later ON later.student_id = s.student_id AND later.exercise_id = s.exercise_id AND later.course_id = s.course_id
                        AND later.created_at >= s.created_at AND later.sha256 <> s.sha256
                    WHERE i.id = @id AND NOT EXISTS (SELECT 1 FROM interaction d WHERE d.student_id = later.student_id AND d.course_id = later.course_id
                                                       AND d.submission_id = later.id AND d.welfare)
                    ORDER BY later.created_at, later.id LIMIT 1
                    """)),
                Thread = (await connection.QueryAsync<ThreadEntry>(Command(
                    """
                    SELECT t.id, t.kind, t.state, t.asked_at, t.question, t.level, t.writer, t.answer, t.rating
                    FROM interaction i
                    JOIN interaction t ON t.student_id = i.student_id AND t.course_id = i.course_id AND t.exercise_id = i.exercise_id
                    WHERE i.id = @id AND NOT t.welfare ORDER BY t.asked_at, t.id
                    """))).AsList(),
            };
        }
    }

    // Whatever a student wrote, and what quotes it.
    private static InteractionDetail Shown(InteractionDetail detail, ShownNames names)
    {
        return detail with
        {
            Student = names.Of(detail.StudentId), FileName = names.FileName(detail.FileName, detail.StudentId), Work = Text(detail.Work), Question = Text(detail.Question),
            Answer = names.Text(detail.Answer, detail.StudentId), RatingReason = names.Text(detail.RatingReason, detail.StudentId), NextWork = names.Text(detail.NextWork, detail.StudentId),
            Evidence = names.Evidence(detail.Evidence, detail.StudentId), Basis = names.Basis(detail.Basis, detail.StudentId),
            Verdicts = [.. detail.Verdicts.Select(verdict => verdict with { Span = Text(verdict.Span), Reason = Text(verdict.Reason) })],
            Steps = [.. detail.Steps.Select(step => step with { Detail = Text(step.Detail) })],
            Prompt = [.. detail.Prompt.Select(message => message with { Text = Text(message.Text) })],
            Flags = [.. detail.Flags.Select(flag => flag.Shown(Text))],
            Thread = [.. detail.Thread.Select(turn => turn with { Question = Text(turn.Question), Answer = names.Text(turn.Answer, detail.StudentId) })],
        };

        string Text(string text) => names.Text(text, detail.StudentId);
    }

    /// <summary>Marks an interaction as looked at, with a note for colleagues; null takes the mark away.</summary>
    public async Task<bool> ReviewAsync(string id, Viewer viewer, string? note, CancellationToken cancel) =>
        await audit.ExecuteAsync(
            """
            UPDATE interaction SET reviewed_by = @reviewer, reviewed_at = @now, review_note = @note
            WHERE id = @id AND NOT welfare
              AND EXISTS (SELECT 1 FROM membership m
                          WHERE m.course_id = interaction.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor'))
            """,
            new
            {
                id,
                viewer = viewer.PersonId,
                reviewer = note is null ? null : viewer.PersonId,
                now = note is null ? (long?)null : clock.GetUtcNow().ToUnixTimeMilliseconds(),
                note = note?.Trim(),
            },
            new AuditEvent(viewer, null, AuditAction.Changed, AuditObject.Interaction, id, note is null ? "review taken back" : "reviewed"), cancel) == 1;
}
