using Tutor.Data.People;

namespace Tutor.Data.Flags;

/// <summary>What a student may see of the flags on their own requests.</summary>
public sealed class OwnFlags(Database database)
{
    /// <summary>Flags on an own interaction that stand. Welfare flags are for people who can help and are never listed.</summary>
    public Task<IReadOnlyList<Flag>> OnAsync(string interactionId, Viewer student, CancellationToken cancel) => database.QueryAsync<Flag>(
        """
        SELECT f.id, f.interaction_id, f.category, f.rule_id, f.rule_version, f.severity, f.field, f.start, f.quote, f.explanation,
               f.state, f.created_at
        FROM flag f JOIN interaction i ON i.id = f.interaction_id
        JOIN membership m ON m.course_id = i.course_id AND m.person_id = @student
        WHERE f.interaction_id = @interactionId AND i.student_id = @student AND f.category <> 'welfare' AND f.state <> 'dismissed'
        ORDER BY f.severity DESC, f.id
        """,
        new { interactionId, student = student.PersonId }, cancel);
}
