using System.Data.Common;
using Dapper;
using Tutor.Core;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data;
using Tutor.Core.Privacy;
using Tutor.Data.Interactions;
using Tutor.Data.Privacy;

namespace Tutor.Tests.Shared;

/// <summary>Writes a course with finished interactions straight into the ledger, for tests and measurements of the staff's side.</summary>
/// <remarks>The same numbers give the same rows. Courses take turns, so that a course's rows lie apart as they would in use.</remarks>
internal sealed class SeedInteractions(Database database)
{
    public const string Instructor = "ines-instructor";
    public const string Ta = "tom-ta";
    public static readonly DateTimeOffset DefaultUntil = new(2027, 3, 15, 12, 0, 0, TimeSpan.Zero);
    private const int RowsPerTransaction = 2_000;

    public IReadOnlyList<string> Courses { get; init; } = ["intro-python"];
    public int StudentsPerCourse { get; init; } = 30;

    /// <summary>People who are members of the courses already, to ask instead of made-up students.</summary>
    public IReadOnlyList<string> Students { get; init; } = [];

    /// <summary>The version the hints were written under; null makes one for each course.</summary>
    public string? VersionId { get; init; }

    /// <summary>Exercises with their tests.</summary>
    public IReadOnlyList<(string Exercise, string[] Tests)> Exercises { get; init; } = SampleWork.Exercises;

    /// <summary>The newest interaction is asked at this moment; the others lie before it, evenly unless <see cref="Weekly"/>.</summary>
    public DateTimeOffset Until { get; init; } = DefaultUntil;
    public TimeSpan Span { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether requests swell and ebb with the weeks of a term, as they do towards deadlines.</summary>
    public bool Weekly { get; init; }

    /// <summary>Whether steps and the prompt are written too; the list does not read them.</summary>
    public bool WithRecords { get; init; } = true;

    /// <summary>Writes people, courses and <paramref name="count"/> interactions; returns the ids, oldest first.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(int count, CancellationToken cancel)
    {
        if (VersionId is null)
            await database.WriteAsync(PeopleAsync, cancel);
        var ids = new List<string>(count);
        var random = new Random(7);
        for (var start = 0; start < count; start += RowsPerTransaction)
        {
            var rows = Enumerable.Range(start, Math.Min(RowsPerTransaction, count - start)).Select(i => Row(i, count, random)).ToList();
            await database.WriteAsync((connection, transaction) => InsertAsync(connection, transaction, rows), cancel);
            ids.AddRange(rows.Select(r => r.Id));
        }
        await new SearchIndex(database, new Rosters(database, TimeProvider.System), new PersonalDataFinder(new PrivacyOptions())).CatchUpAsync(cancel);
        return ids;
    }

    public static string Student(string course, int number) => $"{course}-student-{number}";

    private async Task PeopleAsync(DbConnection connection, DbTransaction transaction)
    {
        foreach (var course in Courses)
        {
            (string Id, string Name, string Role)[] people =
            [
                .. Enumerable.Range(1, StudentsPerCourse).Select(n => (Student(course, n), $"Sam Student {n}", "student")),
                (Instructor, "Ines Instructor", "instructor"), (Ta, "Tom Teaching-Assistant", "ta"),
            ];
            await connection.ExecuteAsync(
                "INSERT INTO course (id, name, term, created_at) VALUES (@course, @course, 'Spring 2027', 0) ON CONFLICT DO NOTHING",
                new { course }, transaction);
            await connection.ExecuteAsync(
                "INSERT INTO person (id, name, created_at) VALUES (@Id, @Name, 0) ON CONFLICT DO NOTHING",
                people.Select(p => new { p.Id, p.Name }), transaction);
            await connection.ExecuteAsync(
                "INSERT INTO membership (course_id, person_id, role, created_at) VALUES (@course, @Id, @Role, 0) ON CONFLICT DO NOTHING",
                people.Select(p => new { course, p.Id, p.Role }), transaction);
            await connection.ExecuteAsync(
                """
                INSERT INTO course_version (id, course_id, number, hash, source, note, pack, created_at)
                VALUES (@course || '-v1', @course, 1, '', 'pack', 'From the files', '{}', 0) ON CONFLICT DO NOTHING
                """,
                new { course }, transaction);
        }
    }

    private SeedRow Row(int i, int count, Random random)
    {
        var course = Courses[i % Courses.Count];
        var exercise = Exercises[random.Next(Exercises.Count)];
        var askedAt = Until.ToUnixTimeMilliseconds() - (long)(Span.TotalMilliseconds * Before((count - 1 - i) / (double)count));
        var done = random.Next(100) < 95;
        var test = exercise.Tests.Length > 0 && random.Next(10) < 8 ? exercise.Tests[random.Next(exercise.Tests.Length)] : null;
        return new SeedRow
        {
            // Version 7 with the time of asking, so that ids sort as they would in use.
            Id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(askedAt)).ToString("N"),
            SubmissionId = TutorId.New(),
            CourseId = course,
            VersionId = VersionId ?? $"{course}-v1",
            ExerciseId = exercise.Exercise,
            StudentId = Students.Count > 0 ? Students[random.Next(Students.Count)] : Student(course, 1 + random.Next(StudentsPerCourse)),
            Question = SampleWork.Questions[random.Next(SampleWork.Questions.Length)],
            Work = SampleWork.Programs[random.Next(SampleWork.Programs.Length)] + $"\n# attempt {i}\n",
            Answer = done ? SampleWork.Hints[random.Next(SampleWork.Hints.Length)] : "",
            State = done ? "done" : random.Next(2) == 0 ? "failed" : "cancelled",
            AskedAt = askedAt,
            Level = 1 + random.Next(4),
            Writer = random.Next(3) == 0 ? HintWriter.Ladder : HintWriter.Model,
            FirstFailingTest = test,
            Evidence = LedgerJson.Write(Evidence(exercise.Tests, test)),
            Basis = LedgerJson.Write(test is null
                ? Array.Empty<BasisItem>()
                : [new BasisItem("test", test, test.Replace('-', ' '), "The first test your program does not pass.")]),
            GuardAction = random.Next(50) == 0 ? "regenerated" : "none",
            InputTokens = 900 + random.Next(600),
            OutputTokens = 60 + random.Next(200),
            CostMicro = 300 + random.Next(900),
            Rating = random.Next(10) switch { < 3 => 1, 3 => -1, _ => null },
            Flagged = random.Next(40) == 0,
            Escalated = random.Next(60) == 0,
        };
    }

    // Stretches time by a wave whose slope stays positive, so that the order of the rows is kept.
    private double Before(double share)
    {
        var turns = 2 * Math.PI * Span.TotalDays / 7;
        return Weekly ? share + 0.75 / turns * Math.Sin(turns * share) : share;
    }

    private static RunEvidence Evidence(string[] tests, string? failing) => new()
    {
        State = EvidenceState.Ran,
        TookMilliseconds = 40,
        Results =
        [
            .. tests.Select(t => new Core.Evidence.TestResult
            {
                TestId = t, Call = $"check({t.Length})", Public = t == tests[0], Why = t.Replace('-', ' '), Expected = "0",
                Actual = t == failing ? "1" : "0", Outcome = t == failing ? TestOutcome.WrongValue : TestOutcome.Passed,
            }),
        ],
    };

    private async Task InsertAsync(DbConnection connection, DbTransaction transaction, List<SeedRow> rows)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO submission (id, course_id, exercise_id, student_id, body, sha256, created_at)
            VALUES (@SubmissionId, @CourseId, @ExerciseId, @StudentId, @Work, '', @AskedAt)
            """, rows, transaction);
        await connection.ExecuteAsync(
            """
            INSERT INTO interaction (id, client_key, submission_id, course_id, course_version_id, exercise_id, student_id, kind, question,
                requested_level, state, attempt, lease_until, asked_at, started_at, finished_at, level, answer, writer, writer_reason, evidence,
                basis, first_failing_test, guard_action, model, host, input_tokens, output_tokens, cost_micro, rating, flagged, escalated)
            VALUES (@Id, @Id, @SubmissionId, @CourseId, @VersionId, @ExerciseId, @StudentId, 'hint', @Question,
                @Level, @State, 1, 0, @AskedAt, @AskedAt + 20, @AskedAt + 2400, @Level, @Answer, @Writer, 'The model host answered.', @Evidence,
                @Basis, @FirstFailingTest, @GuardAction, 'sample-model', 'gpu-1', @InputTokens, @OutputTokens, @CostMicro, @Rating, @Flagged, @Escalated)
            """, rows, transaction);
        await connection.ExecuteAsync(
            """
            INSERT INTO flag (id, interaction_id, course_id, category, rule_id, rule_version, severity, field, start, quote, explanation, created_at)
            VALUES (@Id || '-f', @Id, @CourseId, @FlagCategory, 'sample', 1, 2, 'question', 0, @Question, 'Asks for the answer itself.', @AskedAt)
            """, rows.Where(r => r.Flagged), transaction);
        await connection.ExecuteAsync(
            """
            INSERT INTO escalation (id, interaction_id, course_id, exercise_id, student_id, message, state, created_at)
            VALUES (@Id || '-e', @Id, @CourseId, @ExerciseId, @StudentId, 'I still do not see it.', 'open', @AskedAt)
            """, rows.Where(r => r.Escalated), transaction);
        if (!WithRecords)
            return;
        await connection.ExecuteAsync(
            """
            INSERT INTO interaction_step (interaction_id, attempt, position, step, state, started_at, ended_at, input_tokens, cached_tokens,
                output_tokens, cost_micro, detail)
            VALUES (@Id, 1, 1, 'evidence', 'ok', @AskedAt + 20, @AskedAt + 90, 0, 0, 0, 0, 'Ran the tests.'),
                   (@Id, 1, 2, 'generate', 'ok', @AskedAt + 95, @AskedAt + 2300, @InputTokens, 0, @OutputTokens, @CostMicro, 'Streamed from gpu-1.')
            """, rows, transaction);
        await connection.ExecuteAsync(
            "INSERT INTO interaction_prompt (interaction_id, messages) VALUES (@Id, @Prompt)", rows, transaction);
    }
}
