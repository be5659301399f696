using Microsoft.Extensions.Options;
using Tutor.Core.Times;
using Tutor.Data.Analytics;
using Tutor.Data.Escalations;
using Tutor.Data.Interactions;
using Tutor.Data.Limits;

namespace Tutor.UnitTests.Data.Interactions;

/// <summary>Days are those of the course: where its clocks change, and wherever the server stands.</summary>
public abstract class CourseDayTests
{
    public sealed class OnSqlite : CourseDayTests;
    public sealed class OnPostgres : CourseDayTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("America/Los_Angeles", "2027-03-13T12:00Z")]
    [InlineData("Europe/Berlin", "2027-10-30T06:00Z")]
    [InlineData("Africa/Cairo", "2027-04-28T18:00Z")]
    [InlineData("America/Havana", "2027-11-06T02:00Z")]
    [InlineData("Pacific/Kiritimati", "2027-03-01T09:30Z")]
    public async Task A_quota_of_one_gives_one_hint_on_each_day_of_the_course_and_a_refund_finds_its_day(string zone, string from)
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await file.Courses.ImportAsync(LedgerFile.Pack("Be brief.") with { TimeZone = zone }, cancel);
        file.Clock.Now = DateTimeOffset.Parse(from, null);
        var accepted = new List<DateOnly>();

        for (var hour = 0; hour < 72; hour++, file.Clock.Advance(TimeSpan.FromHours(1)))
        {
            if (await file.SubmitAsync(cancel, quota: 1) is not SubmitResult.Accepted asked) continue;
            accepted.Add(DateOnly.FromDateTime(CourseTime.Of(zone).At(file.Clock.Now).DateTime));
            // One that failed is given back to the day on which it was asked, whenever that is.
            var attempt = Assert.NotNull(await file.Ledger.ClaimAsync(asked.InteractionId, 0, "node", LedgerFile.Lease, cancel));
            var midnight = CourseTime.Of(zone).DayOf(file.Clock.Now).EndsAt;
            if (accepted.Count == 1)
            {
                var now = file.Clock.Now;
                file.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(midnight + 1);
                var finished = LedgerFile.Finished(asked.InteractionId, attempt);
                await file.Ledger.FinishAsync(finished with { Outcome = finished.Outcome with { State = Tutor.Core.Interactions.InteractionState.Failed } }, cancel);
                file.Clock.Now = now;
                Assert.IsType<SubmitResult.Accepted>(await file.SubmitAsync(cancel, quota: 1));
            }
        }

        Assert.Equal(accepted.Distinct(), accepted);
        Assert.Equal(Enumerable.Range(0, accepted.Count).Select(accepted[0].AddDays), accepted);
        Assert.InRange(accepted.Count, 3, 4);
    }

    [Fact]
    public async Task A_budget_is_counted_from_midnight_of_the_course_on_a_day_of_25_hours()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await file.Courses.ImportAsync(LedgerFile.Pack("Be brief.") with { TimeZone = "Europe/Berlin" }, cancel);
        var limits = new CourseLimits(file.Database, file.Names, file.Audit, file.Clock);
        file.Clock.Now = DateTimeOffset.Parse("2027-10-30T22:30Z", null);
        var (id, attempt) = await file.RunAsync(cancel);
        await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt), cancel);
        await limits.SetBudgetAsync(LedgerFile.Course, 7, LedgerFile.Instructor, cancel);

        file.Clock.Now = DateTimeOffset.Parse("2027-10-31T22:59Z", null);
        Assert.True(await limits.IsBudgetSpentAsync(LedgerFile.Course, cancel));
        file.Clock.Now = DateTimeOffset.Parse("2027-10-31T23:00Z", null);
        Assert.False(await limits.IsBudgetSpentAsync(LedgerFile.Course, cancel));
    }

    [Fact]
    public async Task The_log_s_dates_and_the_columns_of_the_overview_are_days_of_the_course()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await file.Courses.ImportAsync(LedgerFile.Pack("Be brief.") with { TimeZone = "America/Los_Angeles" }, cancel);
        // Each hour of three days, the second of which has 23.
        file.Clock.Now = DateTimeOffset.Parse("2027-03-13T08:00Z", null);
        for (var hour = 0; hour < 71; hour++, file.Clock.Advance(TimeSpan.FromHours(1)))
            await file.AskAsync(cancel);
        file.Clock.Advance(TimeSpan.FromMinutes(-1));
        var analytics = new CourseAnalytics(file.Database, Options.Create(new EscalationOptions()), file.Clock);

        var activity = await analytics.ActivityAsync(LedgerFile.Course, LedgerFile.Instructor, 3, cancel);

        Assert.Equal([("2027-03-13", 24), ("2027-03-14", 23), ("2027-03-15", 24)], activity.Days.Select(day => (day.Date.ToString("yyyy-MM-dd", null), day.Requests)));
        var log = new InteractionLog(file.Database, file.Names);
        foreach (var day in activity.Days)
        {
            // As addresses write a date.
            var from = new DateTimeOffset(day.Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
            var page = await log.ListAsync(LedgerFile.Course, LedgerFile.Instructor, new LogFilter { From = from, Until = from + 86_400_000 }, null, null, 100, cancel);
            Assert.Equal(day.Requests, page.Rows.Count);
        }
    }

    [Fact]
    public async Task A_course_without_a_zone_has_the_installation_s_and_that_is_UTC_where_nobody_set_one()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        Assert.Equal("UTC", (await file.Database.Zones.OfAsync(LedgerFile.Course, cancel)).Name);

        await file.Database.Zones.SetInstallationAsync("Europe/Berlin", cancel);
        Assert.Equal("Europe/Berlin", (await file.Database.Zones.OfAsync(LedgerFile.Course, cancel)).Name);

        await file.Courses.ImportAsync(LedgerFile.Pack("Be brief.") with { TimeZone = "Asia/Tokyo" }, cancel);
        Assert.Equal("Asia/Tokyo", (await file.Database.Zones.OfAsync(LedgerFile.Course, cancel)).Name);
        Assert.Equal("Europe/Berlin", (await file.Database.Zones.InstallationAsync(cancel)).Name);
    }
}
