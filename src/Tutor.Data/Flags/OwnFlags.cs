using Tutor.Data.People;

namespace Tutor.Data.Flags;

/// <summary>What a student may see of the flags on their own requests: all of them, with what people decided, and room to answer.</summary>
public sealed class OwnFlags(Database database, TimeProvider clock)
{
    private const string Own =
        """
        FROM flag f JOIN interaction i ON i.id = f.interaction_id
        JOIN membership m ON m.course_id = i.course_id AND m.person_id = @student
        LEFT JOIN person r ON r.id = f.reviewed_by
        WHERE i.student_id = @student
        """;

    /// <summary>Flags on an own interaction that stand.</summary>
    public Task<IReadOnlyList<Flag>> OnAsync(string interactionId, Viewer student, CancellationToken cancel) => database.QueryAsync<Flag>(
        $"SELECT {Flag.Columns}, r.name AS reviewed_by_name {Own} AND f.interaction_id = @interactionId AND f.state <> 'dismissed' ORDER BY f.severity DESC, f.id",
        new { interactionId, student = student.PersonId }, cancel);

    /// <summary>All own flags in a course, newest first, dismissed ones among them.</summary>
    public Task<IReadOnlyList<Flag>> InAsync(string courseId, Viewer student, CancellationToken cancel) => database.QueryAsync<Flag>(
        $"SELECT {Flag.Columns}, r.name AS reviewed_by_name, i.exercise_id {Own} AND i.course_id = @courseId ORDER BY f.created_at DESC, f.id DESC",
        new { courseId, student = student.PersonId }, cancel);

    /// <summary>Puts the student's own words beside a flag. A later answer replaces an earlier one; a decided flag can still be answered.</summary>
    /// <returns>False where it is not a flag on this student's request.</returns>
    public async Task<bool> AnswerAsync(string flagId, Viewer student, string words, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(words);
        return await database.ExecuteAsync(
            """
            UPDATE flag SET answer = @words, answered_at = @now
            WHERE id = @flagId AND EXISTS (SELECT 1 FROM interaction i JOIN membership m ON m.course_id = i.course_id AND m.person_id = @student
                                           WHERE i.id = flag.interaction_id AND i.student_id = @student)
            """,
            new { flagId, student = student.PersonId, words = words.Trim(), now = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancel) == 1;
    }
}
