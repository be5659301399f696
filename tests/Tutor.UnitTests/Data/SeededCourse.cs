using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Data.Analytics;
using Tutor.Data.Audit;
using Tutor.Data.Escalations;
using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Privacy;
using Tutor.Tests.Shared;

namespace Tutor.UnitTests.Data;

/// <summary>Two courses with interactions, and the stores of the staff's side over them.</summary>
internal sealed class SeededCourse : IDisposable
{
    public const string Course = "intro-python";
    public const string OtherCourse = "academic-writing";
    public static readonly Viewer Instructor = new(SeedInteractions.Instructor);
    public static readonly Viewer Ta = new(SeedInteractions.Ta);

    /// <summary>Teaches only the other course.</summary>
    public static readonly Viewer Stranger = new("olga-other");

    private readonly TempLedger ledger = new();

    private SeededCourse()
    {
        var options = Options.Create(new EscalationOptions());
        Audit = new AuditLog(Database, Clock);
        Names = new StudentNames(Database, Audit, new Rosters(Database, Clock), new PersonalDataFinder(new PrivacyOptions()), Clock);
        Escalations = new EscalationStore(Database, Feed, options, Names, Audit, Clock);
        Log = new InteractionLog(Database, Names);
        Reader = new InteractionReader(Database, Escalations, Names, Audit, Clock);
        FlagReviews = new FlagReviews(Database, Audit, Clock);
        Analytics = new CourseAnalytics(Database, options, Clock);
    }

    public Database Database => ledger.Database;
    public TestClock Clock { get; } = new() { Now = SeedInteractions.DefaultUntil };
    public EscalationFeed Feed { get; } = new(NullLogger<EscalationFeed>.Instance);
    public AuditLog Audit { get; }
    public StudentNames Names { get; }
    public EscalationStore Escalations { get; }
    public InteractionLog Log { get; }
    public InteractionReader Reader { get; }
    public FlagReviews FlagReviews { get; }
    public CourseAnalytics Analytics { get; }

    /// <summary>All interactions of both courses, oldest first.</summary>
    public IReadOnlyList<string> Ids { get; private set; } = [];

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SeededCourse> WithAsync(int interactions)
    {
        var course = new SeededCourse();
        course.Ids = await new SeedInteractions(course.Database) { Courses = [Course, OtherCourse] }.WriteAsync(interactions, Cancel);
        await course.Database.ExecuteAsync(
            """
            INSERT INTO person (id, name, created_at) VALUES (@Stranger, 'Olga Other', 0);
            INSERT INTO membership (course_id, person_id, role, created_at) VALUES (@OtherCourse, @Stranger, 'instructor', 0);
            DELETE FROM escalation;
            UPDATE interaction SET escalated = FALSE;
            """,
            new { Stranger = Stranger.PersonId, OtherCourse }, Cancel);
        return course;
    }

    /// <summary>The newest finished interaction of the course and its student.</summary>
    public async Task<(string Id, Viewer Student)> FinishedAsync()
    {
        var (id, student) = (await QueryAsync<(string, string)>(
            "SELECT id, student_id FROM interaction WHERE course_id = @Course AND state = 'done' ORDER BY asked_at DESC LIMIT 1", new { Course }))[0];
        return (id, new Viewer(student));
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) => await Database.QueryAsync<T>(sql, parameters, Cancel);

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Database.ExecuteAsync(sql, parameters, Cancel);

    public void Dispose() => ledger.Dispose();
}
