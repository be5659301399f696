using System.Runtime.CompilerServices;
using Tutor.Core;
using Tutor.Core.Evidence;
using Tutor.Core.Privacy;
using Tutor.Core.Privacy.Export;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Privacy;

/// <summary>What an instructor may take out of a course, and the note that they did. Messages of distress, flags, reviews and what staff tried are never part of it.</summary>
public sealed class ExportStore(Database database, Rosters rosters, AuditLog audit, TimeProvider clock)
{
    private const string ForInstructor =
        "EXISTS (SELECT 1 FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role = 'instructor')";

    private const string Exported = $"i.course_id = @courseId AND NOT i.welfare AND NOT i.by_staff AND i.state NOT IN ('queued', 'running') AND {ForInstructor}";

    // Texts of so many requests are in memory at once.
    private const int PageSize = 200;

    /// <returns>Who asked what when, of all finished requests; empty for anyone but an instructor of the course.</returns>
    public Task<IReadOnlyList<ExportKey>> KeysAsync(string courseId, Viewer viewer, CancellationToken cancel) => database.QueryAsync<ExportKey>(
        $"SELECT i.id AS interaction_id, i.student_id, i.exercise_id, i.asked_at FROM interaction i WHERE {Exported}", new { courseId, viewer = viewer.PersonId }, cancel);

    /// <summary>The requests of a plan in its order, read page by page, which is noted. One that was deleted meanwhile is left out.</summary>
    public async IAsyncEnumerable<(PlannedRow Planned, ExportSourceRow Row)> ReadAsync(
        string courseId, Viewer viewer, IReadOnlyList<PlannedRow> plan, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var page in plan.Chunk(PageSize))
        {
            var rows = (await database.QueryAsync<StoredRow>(
                $"""
                SELECT i.id AS interaction_id, i.student_id, i.kind, i.level, COALESCE(i.writer, '') AS writer, i.state, COALESCE(i.guard_action, '') AS guard_action,
                       i.rating, COALESCE(i.model, '') AS model, v.number AS prompt_version, i.cost_micro, i.evidence, COALESCE(i.first_failing_test, '') AS first_failing_test,
                       COALESCE(i.misconception_id, '') AS misconception, i.question, s.body AS work, COALESCE(i.answer, '') AS answer
                FROM interaction i JOIN submission s ON s.id = i.submission_id
                LEFT JOIN course_version v ON v.id = i.course_version_id
                WHERE i.id {Sql.Among(database.Dialect, "@ids")} AND {Exported}
                """,
                new { courseId, viewer = viewer.PersonId, ids = page.Select(row => row.InteractionId).ToArray() }, cancel)).ToDictionary(row => row.InteractionId);
            if (rows.Count > 0) await audit.NoteOpenedAsync(viewer, courseId, AuditObject.File, "export being prepared", cancel);
            foreach (var planned in page)
                if (rows.TryGetValue(planned.InteractionId, out var row)) yield return (planned, row.ToSource());
        }
    }

    /// <returns>The people whose names must not leave; empty for anyone but an instructor of the course.</returns>
    public async Task<IReadOnlyList<RosterPerson>> PeopleAsync(string courseId, Viewer viewer, CancellationToken cancel) =>
        await database.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM course c WHERE c.id = @courseId AND {ForInstructor}", new { courseId, viewer = viewer.PersonId }, cancel) == 1
            ? await rosters.PeopleAsync(courseId, cancel)
            : [];

    /// <summary>Notes that a file is about to be handed out.</summary>
    /// <returns>False where this person may not have it.</returns>
    public async Task<bool> NoteAsync(string courseId, Viewer viewer, string file, int rows, string sha256, CancellationToken cancel) => await audit.ExecuteAsync(
        $"""
        INSERT INTO export_log (id, course_id, person_id, file, rows, sha256, created_at)
        SELECT @id, c.id, @viewer, @file, @rows, @sha256, @now FROM course c WHERE c.id = @courseId AND {ForInstructor}
        """,
        new { id = TutorId.New(), courseId, viewer = viewer.PersonId, file, rows, sha256, now = clock.GetUtcNow().ToUnixTimeMilliseconds() },
        new AuditEvent(viewer, courseId, AuditAction.Exported, AuditObject.File, file, $"{rows} rows, SHA-256 {sha256}"), cancel) == 1;

    private sealed record StoredRow
    {
        public string InteractionId { get; init; } = "";
        public string StudentId { get; init; } = "";
        public string Kind { get; init; } = "";
        public int? Level { get; init; }
        public string Writer { get; init; } = "";
        public string State { get; init; } = "";
        public string GuardAction { get; init; } = "";
        public int? Rating { get; init; }
        public string Model { get; init; } = "";
        public int? PromptVersion { get; init; }
        public long CostMicro { get; init; }
        public string? Evidence { get; init; }
        public string FirstFailingTest { get; init; } = "";
        public string Misconception { get; init; } = "";
        public string Question { get; init; } = "";
        public string Work { get; init; } = "";
        public string Answer { get; init; } = "";

        public ExportSourceRow ToSource()
        {
            var tests = LedgerJson.Read<RunEvidence>(Evidence) is { State: EvidenceState.Ran or EvidenceState.LoadFailed, Results.Count: > 0 } ran ? ran : null;
            return new()
            {
                InteractionId = InteractionId, StudentId = StudentId, Kind = Kind, Level = Level, Writer = Writer, State = State, GuardAction = GuardAction, Rating = Rating,
                Model = Model, PromptVersion = PromptVersion, CostMicro = CostMicro, TestsPassed = tests?.PassedCount, Tests = tests?.Results.Count,
                FirstFailingTest = FirstFailingTest, Misconception = Misconception, Question = Question, Work = Work, Answer = Answer,
            };
        }
    }
}
