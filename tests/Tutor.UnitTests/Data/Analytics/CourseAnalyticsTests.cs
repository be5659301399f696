using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Analytics;

public abstract class CourseAnalyticsTests
{
    public sealed class OnSqlite : CourseAnalyticsTests;
    public sealed class OnPostgres : CourseAnalyticsTests, IOnPostgres;

    [Fact]
    public async Task Thirty_days_end_today_and_days_without_requests_are_among_them()
    {
        using var course = await WithAsync(300);
        await course.ExecuteAsync("DELETE FROM interaction WHERE asked_at / 86400000 = @day", new { day = Today(course) - 3 });

        var activity = await course.Analytics.ActivityAsync(Course, Instructor, 30, Cancel);

        Assert.Equal(30, activity.Days.Count);
        Assert.Equal(new DateOnly(2027, 3, 15), activity.Days[^1].Date);
        Assert.Equal(new DateOnly(2027, 2, 14), activity.Days[0].Date);
        Assert.Equal(0, activity.Days[^4].Requests);
        Assert.True(activity.Days[^1].Requests > 0);
    }

    [Fact]
    public async Task Every_bar_counts_what_its_filtered_list_shows()
    {
        using var course = await WithAsync(600);

        var activity = await course.Analytics.ActivityAsync(Course, Ta, 30, Cancel);

        var from = (Today(course) - 29) * 86_400_000L;
        Assert.Equal(await CountAsync(course, new LogFilter { From = from }), activity.Requests);
        foreach (var day in activity.Days.Skip(25))
            Assert.Equal(await CountAsync(course, new LogFilter { From = from + day.Day * 86_400_000L, Until = from + (day.Day + 1) * 86_400_000L }), day.Requests);
        foreach (var exercise in activity.Exercises)
        {
            Assert.Equal(await CountAsync(course, new LogFilter { From = from, Exercise = exercise.ExerciseId }), exercise.Requests);
            Assert.Equal(await CountAsync(course, new LogFilter { From = from, Exercise = exercise.ExerciseId, Rating = "helped" }), exercise.Helped);
        }
        foreach (var test in activity.StuckTests)
            Assert.Equal(await CountAsync(course, new LogFilter { From = from, Exercise = test.ExerciseId, FailingTest = test.TestId }), test.Requests);
        foreach (var level in activity.Levels)
            Assert.Equal(await CountAsync(course, new LogFilter { From = from, Level = int.Parse(level.Value, null) }), level.Requests);
        foreach (var writer in activity.Writers)
            Assert.Equal(await CountAsync(course, new LogFilter { From = from, Writer = writer.Value }), writer.Requests);
        Assert.Equal(
            await course.QueryAsync<long>("SELECT SUM(cost_micro) FROM interaction WHERE course_id = @Course AND asked_at >= @from", new { Course, from }),
            [activity.Days.Sum(d => d.CostMicro)]);
    }

    [Fact]
    public async Task What_needs_attention_counts_what_its_list_shows()
    {
        using var course = await WithAsync(600);
        var (id, student) = await course.FinishedAsync();
        await course.Escalations.AskAsync(id, student, "", Cancel);
        course.Clock.Advance(TimeSpan.FromMinutes(121));

        var attention = await course.Analytics.AttentionAsync(Course, Ta, 30, Cancel);

        var from = (Today(course) - 29) * 86_400_000L;
        Assert.Equal((await new FlagQueue(course.Database, course.Names, course.Audit).ListAsync(Course, Ta, "open", null, null, 10_000, Cancel)).Rows.Count, attention.OpenFlags);
        Assert.Equal(await CountAsync(course, new LogFilter { From = from, Rating = "not-helped", Reviewed = false }), attention.LowRatings);
        Assert.Equal(await CountAsync(course, new LogFilter { From = from, State = "failed" }), attention.Failed);
        Assert.Equal((1, 1), (attention.EscalationsWaiting, attention.EscalationsOverdue));
    }

    [Fact]
    public async Task Students_and_strangers_learn_nothing()
    {
        using var course = await WithAsync(100);
        var (_, student) = await course.FinishedAsync();

        foreach (var viewer in new[] { student, Stranger })
        {
            var activity = await course.Analytics.ActivityAsync(Course, viewer, 30, Cancel);
            Assert.Equal((0, 0), (activity.Requests, activity.Students));
            Assert.Empty(activity.Exercises);
            Assert.Empty(activity.StuckTests);
            Assert.Equal(new Tutor.Data.Analytics.CourseAttention(), await course.Analytics.AttentionAsync(Course, viewer, 30, Cancel));
        }
    }

    private static long Today(SeededCourse course) => course.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000;

    private static async Task<int> CountAsync(SeededCourse course, LogFilter filter) =>
        (await course.Log.ListAsync(Course, Ta, filter, null, null, 10_000, Cancel)).Rows.Count;
}
