using Dapper;
using Microsoft.Extensions.Options;
using Tutor.Core.Times;
using Tutor.Data.Escalations;
using Tutor.Data.People;

namespace Tutor.Data.Analytics;

/// <summary>Figures about a course for its staff; all empty for everyone else.</summary>
/// <remarks>What staff tried themselves is in the figures about models, tokens and cost, and in none about students.</remarks>
public sealed class CourseAnalytics(Database database, IOptions<EscalationOptions> escalations, TimeProvider clock)
{
    private const string ForStaff =
        """
        EXISTS (SELECT 1 FROM membership m
                WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role IN ('ta', 'instructor'))
        """;

    // A message of distress is in no figure: one request more than the list has would tell staff that somebody wrote one.
    private const string Anybody = $"i.course_id = @courseId AND i.asked_at >= @from AND NOT i.welfare AND {ForStaff}";

    private const string Period = $"{Anybody} AND NOT i.by_staff";

    public async Task<CourseAttention> AttentionAsync(string courseId, Viewer viewer, int days, CancellationToken cancel) =>
        await database.QuerySingleOrDefaultAsync<CourseAttention>(
            $"""
            SELECT
              (SELECT COUNT(*) FROM flag f JOIN interaction i ON i.id = f.interaction_id AND NOT i.welfare
               WHERE f.course_id = @courseId AND f.state = 'open' AND f.severity >= 2 AND {ForStaff}) AS open_flags,
              (SELECT COUNT(*) FROM escalation e
               WHERE e.course_id = @courseId AND e.state = 'open' AND {ForStaff}) AS escalations_waiting,
              (SELECT COUNT(*) FROM escalation e
               WHERE e.course_id = @courseId AND e.state = 'open' AND e.created_at < @overdueBefore AND {ForStaff}) AS escalations_overdue,
              (SELECT COUNT(*) FROM interaction i WHERE {Period} AND i.rating <= 0 AND i.reviewed_at IS NULL) AS low_ratings,
              (SELECT COUNT(*) FROM interaction i WHERE {Period} AND i.state = 'failed') AS failed
            """,
            new
            {
                courseId,
                viewer = viewer.PersonId,
                from = (await DaysAsync(courseId, days, cancel))[0].StartsAt,
                overdueBefore = clock.GetUtcNow().ToUnixTimeMilliseconds() - escalations.Value.OverdueAfterMinutes * 60_000L,
            }, cancel) ?? new CourseAttention();

    /// <summary>How well each model's hints passed the checks, the most used first.</summary>
    public async Task<IReadOnlyList<ModelChecks>> ModelChecksAsync(string courseId, Viewer viewer, int days, CancellationToken cancel) =>
        await database.QueryAsync<ModelChecks>(
            $"""
            SELECT i.model, COUNT(*) AS hints,
                   COUNT(*) FILTER (WHERE i.guard_action <> 'none') AS held_back,
                   COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM verdict v WHERE v.interaction_id = i.id AND v.layer = 'UnknownCall')) AS unknown_calls,
                   COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM verdict v WHERE v.interaction_id = i.id AND v.layer = 'NotYetTaught')) AS not_yet_taught
            FROM interaction i WHERE {Anybody} AND i.model IS NOT NULL AND i.state = 'done'
            GROUP BY i.model ORDER BY hints DESC, i.model
            """,
            new { courseId, viewer = viewer.PersonId, from = (await DaysAsync(courseId, days, cancel))[0].StartsAt }, cancel);

    /// <summary>The last <paramref name="days"/> days of the course, today included.</summary>
    public async Task<CourseActivity> ActivityAsync(string courseId, Viewer viewer, int days, CancellationToken cancel)
    {
        var cut = await DaysAsync(courseId, days, cancel);
        var from = cut[0].StartsAt;
        await using var connection = await database.OpenAsync(cancel);
        using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            $"""
            SELECT {NumberOf(cut)} AS day, COUNT(*) FILTER (WHERE NOT i.by_staff) AS requests,
                   COUNT(DISTINCT CASE WHEN NOT i.by_staff THEN i.student_id END) AS students, COUNT(*) FILTER (WHERE i.by_staff) AS staff_tries,
                   SUM(i.input_tokens + i.output_tokens) AS tokens, SUM(i.cost_micro) AS cost_micro
            FROM interaction i WHERE {Anybody} GROUP BY 1 ORDER BY 1;

            SELECT i.exercise_id, COUNT(*) AS requests, COUNT(DISTINCT i.student_id) AS students,
                   COUNT(i.rating) AS rated, COUNT(*) FILTER (WHERE i.rating > 0) AS helped
            FROM interaction i WHERE {Period} GROUP BY i.exercise_id ORDER BY i.exercise_id;

            SELECT i.exercise_id, i.first_failing_test AS test_id, COUNT(*) AS requests, COUNT(DISTINCT i.student_id) AS students
            FROM interaction i WHERE {Period} AND i.first_failing_test IS NOT NULL
            GROUP BY i.exercise_id, i.first_failing_test ORDER BY students DESC, requests DESC, i.exercise_id, test_id;

            SELECT CAST(COALESCE(i.level, i.requested_level) AS TEXT) AS value, COUNT(*) AS requests
            FROM interaction i WHERE {Period} GROUP BY COALESCE(i.level, i.requested_level) ORDER BY COALESCE(i.level, i.requested_level);

            SELECT i.writer AS value, COUNT(*) AS requests
            FROM interaction i WHERE {Period} AND i.writer <> '' GROUP BY i.writer ORDER BY i.writer;

            SELECT COUNT(DISTINCT i.student_id) FROM interaction i WHERE {Period};
            """,
            new { courseId, viewer = viewer.PersonId, from }, cancellationToken: cancel));
        var activity = new CourseActivity
        {
            Days = Fill((await results.ReadAsync<DayActivity>()).ToDictionary(d => d.Day), cut),
            Exercises = (await results.ReadAsync<ExerciseActivity>()).AsList(),
            StuckTests = (await results.ReadAsync<StuckTest>()).AsList(),
            Levels = (await results.ReadAsync<Share>()).AsList(),
            Writers = (await results.ReadAsync<Share>()).AsList(),
            Students = await results.ReadSingleAsync<int>(),
        };
        return activity with { Requests = activity.Days.Sum(d => d.Requests), StaffTries = activity.Days.Sum(d => d.StaffTries) };
    }

    private static List<DayActivity> Fill(Dictionary<int, DayActivity> found, IReadOnlyList<CourseDay> days) =>
        [.. days.Select((day, number) => (found.GetValueOrDefault(number) ?? new DayActivity { Day = number }) with { Date = day.Date })];

    // Days are not all of one length. The bounds are numbers of ours, and as parameters they would be thirty.
    private static string NumberOf(IReadOnlyList<CourseDay> days) =>
        $"CASE {string.Concat(days.Select((day, number) => $"WHEN i.asked_at < {day.EndsAt} THEN {number} "))}ELSE {days.Count - 1} END";

    private async Task<IReadOnlyList<CourseDay>> DaysAsync(string courseId, int days, CancellationToken cancel) =>
        (await database.Zones.OfAsync(courseId, cancel)).LastDays(clock.GetUtcNow(), days);
}
