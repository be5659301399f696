using Tutor.Core.Evidence;
using Tutor.Data.People;

namespace Tutor.Data.Progress;

/// <summary>What running the tests showed a student, and how often they asked, by exercise.</summary>
public sealed class ProgressStore(Database database, TimeProvider time)
{
    /// <summary>Keeps the result of a run the student made; nothing for people outside the course.</summary>
    public Task NoteRunAsync(string courseId, string exerciseId, Viewer viewer, RunEvidence evidence, CancellationToken cancel) =>
        database.ExecuteAsync(
            """
            INSERT INTO test_run (student_id, course_id, exercise_id, passed, total, solved_at, run_at)
            SELECT @viewer, @courseId, @exerciseId, @passed, @total, @solvedAt, @now
            FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer
            ON CONFLICT (student_id, course_id, exercise_id) DO UPDATE
            SET passed = excluded.passed, total = excluded.total, run_at = excluded.run_at,
                solved_at = COALESCE(test_run.solved_at, excluded.solved_at)
            """,
            new
            {
                courseId, exerciseId, viewer = viewer.PersonId, passed = evidence.PassedCount, total = evidence.Results.Count,
                solvedAt = evidence.AllPassed ? Now() : (long?)null, now = Now(),
            }, cancel);

    /// <summary>The viewer's own progress in a course, by exercise; exercises never touched are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, ExerciseProgress>> OfAsync(string courseId, Viewer viewer, CancellationToken cancel)
    {
        var parameters = new { courseId, viewer = viewer.PersonId };
        var asks = await database.QueryAsync<AskRow>(
            """
            SELECT exercise_id, asked, asked_at, evidence FROM (
                SELECT i.exercise_id, i.asked_at, i.evidence, COUNT(*) OVER (PARTITION BY i.exercise_id) AS asked,
                       ROW_NUMBER() OVER (PARTITION BY i.exercise_id ORDER BY i.asked_at DESC, i.id DESC) AS nth
                FROM interaction i
                JOIN membership m ON m.course_id = i.course_id AND m.person_id = @viewer
                WHERE i.student_id = @viewer AND i.course_id = @courseId) AS latest
            WHERE nth = 1
            """,
            parameters, cancel);
        var runs = await database.QueryAsync<RunRow>(
            """
            SELECT r.exercise_id, r.passed, r.total, r.solved_at, r.run_at
            FROM test_run r JOIN membership m ON m.course_id = r.course_id AND m.person_id = @viewer
            WHERE r.student_id = @viewer AND r.course_id = @courseId
            """,
            parameters, cancel);
        return asks.Select(row => row.ExerciseId).Union(runs.Select(row => row.ExerciseId)).ToDictionary(
            id => id,
            id => Merge(id, asks.FirstOrDefault(row => row.ExerciseId == id), runs.FirstOrDefault(row => row.ExerciseId == id)));
    }

    private static ExerciseProgress Merge(string id, AskRow? ask, RunRow? run)
    {
        var progress = new ExerciseProgress
        {
            ExerciseId = id, Asked = ask?.Asked ?? 0, AskedAt = ask?.AskedAt, Passed = run?.Passed, Total = run?.Total, SolvedAt = run?.SolvedAt,
        };
        // A hint runs the tests too; whichever was later is where the student stands.
        if (ask?.Evidence is null || ask.AskedAt < run?.RunAt || LedgerJson.Read<RunEvidence>(ask.Evidence) is not { Results.Count: > 0 } seen)
            return progress;
        return progress with
        {
            Passed = seen.PassedCount, Total = seen.Results.Count, SolvedAt = progress.SolvedAt ?? (seen.AllPassed ? ask.AskedAt : null),
        };
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record AskRow
    {
        public required string ExerciseId { get; init; }
        public int Asked { get; init; }
        public long AskedAt { get; init; }
        public string? Evidence { get; init; }
    }

    private sealed record RunRow
    {
        public required string ExerciseId { get; init; }
        public int Passed { get; init; }
        public int Total { get; init; }
        public long? SolvedAt { get; init; }
        public long RunAt { get; init; }
    }
}
