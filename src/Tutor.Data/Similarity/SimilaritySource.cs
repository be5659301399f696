using Tutor.Core.Flags.Similarity;
using Tutor.Data.Audit;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Similarity;

/// <summary>The last program of every student on an exercise, for an instructor of the course.</summary>
public sealed class SimilaritySource(Database database, StudentNames names, AuditLog audit)
{
    public async Task<IReadOnlyList<StudentProgram>> LatestAsync(string courseId, string exerciseId, Viewer viewer, CancellationToken cancel)
    {
        var programs = await database.QueryAsync<StudentProgram>(
            """
            SELECT i.student_id AS StudentName, i.id AS InteractionId, s.body AS program
            FROM interaction i
            JOIN membership m ON m.course_id = i.course_id AND m.person_id = @viewer AND m.role = 'instructor'
            JOIN submission s ON s.id = i.submission_id
            WHERE i.course_id = @courseId AND i.exercise_id = @exerciseId AND NOT i.welfare AND NOT i.by_staff
              AND NOT EXISTS (SELECT 1 FROM interaction l WHERE l.course_id = i.course_id AND l.exercise_id = i.exercise_id AND l.student_id = i.student_id
                              AND NOT l.welfare AND (l.asked_at, l.id) > (i.asked_at, i.id))
            ORDER BY i.student_id
            """,
            new { courseId, exerciseId, viewer = viewer.PersonId }, cancel);
        if (programs.Count > 0) await audit.NoteOpenedAsync(viewer, courseId, AuditObject.Similarity, exerciseId, cancel);
        var shown = await names.ForAsync(courseId, viewer, cancel);
        return [.. programs.Select(program => program with { StudentName = shown.Of(program.StudentName).Shown, Program = shown.Text(program.Program, program.StudentName) })];
    }
}
