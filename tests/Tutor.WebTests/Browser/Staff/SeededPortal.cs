using Tutor.Core.Courses;
using Tutor.Data;
using Tutor.Tests.Shared;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Browser.Staff;

/// <summary>Fills a running portal's sample course with a month of requests, and asks for a person in a student's name.</summary>
internal static class SeededPortal
{
    public const string Course = "intro-python";
    private static readonly SemaphoreSlim seeding = new(1, 1);
    private static readonly HashSet<string> seeded = [];

    public static async Task<Database> OpenAsync(PortalProcess portal, CancellationToken cancel)
    {
        var database = portal.OpenDatabase();
        await seeding.WaitAsync(cancel);
        try
        {
            if (seeded.Add(portal.DatabasePath))
                await SeedAsync(database, cancel);
        }
        finally
        {
            seeding.Release();
        }
        return database;
    }

    /// <summary>A question to a TA about a finished hint of its own, with an answer still to come; returns its id.</summary>
    public static async Task<string> AskAsync(Database database, string message, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7().ToString("N");
        await database.ExecuteAsync(
            """
            INSERT INTO escalation (id, interaction_id, course_id, exercise_id, student_id, message, state, created_at)
            SELECT @id, i.id, i.course_id, i.exercise_id, i.student_id, @message, 'open', @now
            FROM interaction i
            WHERE i.course_id = @Course AND i.state = 'done' AND i.student_id = 'sam-student'
              AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.interaction_id = i.id)
            ORDER BY i.asked_at DESC LIMIT 1
            """,
            new { id, message, Course, now = DateTimeOffset.UtcNow.AddHours(-3).ToUnixTimeMilliseconds() }, cancel);
        return id;
    }

    private static async Task SeedAsync(Database database, CancellationToken cancel)
    {
        var pack = CoursePackLoader.Load(Path.Combine(Repository.Root, "courses", Course)).Pack!;
        var version = (await database.QueryAsync<string>("SELECT published_version_id FROM course WHERE id = @Course", new { Course }, cancel))[0];
        await new SeedInteractions(database)
        {
            Courses = [Course],
            VersionId = version,
            Students = [.. pack.DemoPeople.Where(p => p.Role == "student").Select(p => p.Id)],
            Exercises = [.. pack.Exercises.Select(e => (e.Id, e.Tests.Cases.Select(c => c.Id).ToArray()))],
            Until = DateTimeOffset.UtcNow.AddMinutes(-5),
            Weekly = true,
        }.WriteAsync(300, cancel);
    }
}
