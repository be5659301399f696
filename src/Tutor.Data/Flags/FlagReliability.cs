using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Flags;

/// <summary>How far the rules of a course can be trusted, from its own reviews, and the sample of unflagged requests.</summary>
public sealed class FlagReliability(Database database, StudentNames names, AuditLog audit, TimeProvider clock)
{
    private const string ForStaff =
        "EXISTS (SELECT 1 FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role IN ('ta', 'instructor'))";

    /// <summary>Every rule that has raised a flag, the most serious first; empty for who is not staff.</summary>
    public Task<IReadOnlyList<RuleReliability>> RulesAsync(string courseId, Viewer viewer, CancellationToken cancel) => database.QueryAsync<RuleReliability>(
        $"""
        SELECT f.rule_id, f.rule_version, MIN(f.category) AS category, MAX(f.severity) AS severity,
               COUNT(*) FILTER (WHERE f.state = 'open') AS open, COUNT(*) FILTER (WHERE f.state = 'confirmed') AS confirmed,
               COUNT(*) FILTER (WHERE f.state = 'dismissed') AS dismissed
        FROM flag f JOIN interaction i ON i.id = f.interaction_id AND NOT i.welfare WHERE f.course_id = @courseId AND {ForStaff}
        GROUP BY f.rule_id, f.rule_version ORDER BY severity DESC, f.rule_id, f.rule_version DESC
        """,
        new { courseId, viewer = viewer.PersonId }, cancel);

    public async Task<MissEstimate> MissesAsync(string courseId, Viewer viewer, CancellationToken cancel) =>
        await database.QuerySingleOrDefaultAsync<MissEstimate>(
            $"""
            SELECT (SELECT COUNT(*) FROM interaction i WHERE i.course_id = @courseId AND i.state = 'done' AND NOT i.flagged AND NOT i.welfare) AS unflagged,
                   COUNT(*) FILTER (WHERE s.reviewed_at IS NULL) AS waiting, COUNT(s.reviewed_at) AS reviewed, COUNT(s.missed) AS missed
            FROM flag_sample s WHERE s.course_id = @courseId AND {ForStaff}
            """,
            new { courseId, viewer = viewer.PersonId }, cancel) ?? new MissEstimate();

    /// <summary>The sampled request that waits longest, without its student's name; null where none waits.</summary>
    public async Task<SampledRequest?> NextSampleAsync(string courseId, Viewer viewer, CancellationToken cancel)
    {
        var next = await database.QuerySingleOrDefaultAsync<SampledRequest>(
            $"""
            SELECT s.interaction_id, i.student_id, i.exercise_id, i.question, b.body AS work, COALESCE(i.answer, '') AS answer
            FROM flag_sample s
            JOIN interaction i ON i.id = s.interaction_id AND NOT i.welfare
            JOIN submission b ON b.id = i.submission_id
            WHERE s.course_id = @courseId AND s.reviewed_at IS NULL AND {ForStaff}
            ORDER BY s.drawn_at, s.interaction_id LIMIT 1
            """,
            new { courseId, viewer = viewer.PersonId }, cancel);
        if (next is null) return null;
        await audit.NoteOpenedAsync(viewer, courseId, AuditObject.Interaction, next.InteractionId, cancel);
        var shown = await names.ForAsync(courseId, viewer, cancel);
        return next with { Question = shown.Nameless(next.Question, next.StudentId), Work = shown.Nameless(next.Work, next.StudentId), Answer = shown.Nameless(next.Answer, next.StudentId) };
    }

    /// <summary>Records what a person found in a sampled request.</summary>
    /// <param name="missed">The category that should have been flagged; null where nothing should.</param>
    /// <exception cref="ArgumentException">Something was missed and no reason is given.</exception>
    public async Task<bool> ReviewSampleAsync(string courseId, string interactionId, Viewer viewer, string? missed, string reason, CancellationToken cancel)
    {
        if (missed is not null) ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return await audit.ExecuteAsync(
            $"""
            UPDATE flag_sample SET missed = @missed, reason = @reason, reviewed_by = @viewer, reviewed_at = @now
            WHERE interaction_id = @interactionId AND course_id = @courseId AND {ForStaff}
            """,
            new { courseId, interactionId, viewer = viewer.PersonId, missed, reason = reason.Trim(), now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
            new AuditEvent(viewer, courseId, AuditAction.Changed, AuditObject.Interaction, interactionId, "sample reviewed"), cancel) == 1;
    }
}

/// <summary>A request drawn for review.</summary>
public sealed record SampledRequest
{
    public string InteractionId { get; init; } = "";
    internal string StudentId { get; init; } = "";
    public string ExerciseId { get; init; } = "";
    public string Question { get; init; } = "";
    public string Work { get; init; } = "";
    public string Answer { get; init; } = "";
}
