using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Bunit;
using CsCheck;
using Dapper;
using Tutor.Data;
using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using Tutor.Web.Instructor;
using Tutor.Web.Instructor.Log;
using Tutor.Web.Instructor.Overview;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Analytics;

/// <summary>The overview as staff see it, over generated terms: each figure is compared with the rows that its own link lists.</summary>
public abstract class TrueFiguresTests : BunitContext
{
    public sealed class OnSqlite : TrueFiguresTests;
    public sealed class OnPostgres : TrueFiguresTests, IOnPostgres;

    private const long Day = 86_400_000;

    [Fact]
    public async Task Every_figure_equals_the_rows_that_its_link_lists()
    {
        using var course = await WithAsync(0);
        var compared = 0;

        await TermRow.Terms.SampleAsync(async term =>
        {
            await WriteAsync(course, term);
            compared += await CompareAsync(course);
        }, iter: 25, threads: 1);

        Assert.True(compared > 500, $"Only {compared} figures were compared.");
    }

    [Fact]
    public async Task Sums_of_tokens_and_cost_are_those_of_the_ledger()
    {
        using var course = await WithAsync(0);
        await TermRow.Terms.SampleAsync(async term =>
        {
            await WriteAsync(course, term);

            var activity = await course.Analytics.ActivityAsync(Course, Instructor, 30, Cancel);
            var totals = await course.Log.TotalsAsync(Course, Instructor, new LogFilter { From = From(course) }, Cancel);

            var rows = term.Where(row => !row.Welfare && AskedAt(course, row) >= From(course)).ToList();
            Assert.Equal(rows.Sum(row => (long)row.Input + row.Output), activity.Days.Sum(day => day.Tokens));
            Assert.Equal(rows.Sum(row => (long)row.Cost), activity.Days.Sum(day => day.CostMicro));
            Assert.Equal((rows.Sum(row => (long)row.Input + row.Output), rows.Sum(row => (long)row.Cost)), (totals.Tokens, totals.CostMicro));
            Assert.Equal((rows.Count(row => !row.ByStaff), rows.Count(row => row.ByStaff)), (activity.Requests, activity.StaffTries));
            Assert.Equal(rows.Where(row => !row.ByStaff).Select(row => row.Person).Distinct().Count(), activity.Students);
        }, iter: 15, threads: 1);
    }

    private async Task<int> CompareAsync(SeededCourse course)
    {
        var period = new LogFilter { By = "students", From = From(course) };
        var activity = await course.Analytics.ActivityAsync(Course, Instructor, 30, Cancel);
        var attention = await course.Analytics.AttentionAsync(Course, Instructor, 30, Cancel);
        var models = await course.Analytics.ModelChecksAsync(Course, Instructor, 30, Cancel);
        var charts = Render<ActivityCharts>(p => p.Add(c => c.Course, Course).Add(c => c.Activity, activity).Add(c => c.Period, period).Add(c => c.TitleOf, id => id));
        var cards = Render<AttentionCards>(p => p.Add(c => c.Course, Course).Add(c => c.Attention, attention).Add(c => c.Period, period));
        var table = Render<ModelChecksTable>(p => p.Add(c => c.Course, Course).Add(c => c.Models, models).Add(c => c.Period, period));

        var compared = 0;
        foreach (var (title, link, figure) in charts.FindAll("tbody tr").Select(Row).Concat(charts.FindAll(".legend li").Select(Share)).Concat(cards.FindAll("li").Select(Card))
            .Concat(table.FindAll("td").Select(Cell)))
            if (link is not null)
            {
                Assert.Equal((title, link, figure), (title, link, await CountedAsync(course, title, link)));
                compared++;
            }
            // What leads nowhere has nothing behind it.
            else Assert.Equal(0, double.Parse(Regex.Match(figure, @"^[\d,.]+").Value, NumberStyles.Number, CultureInfo.InvariantCulture));
        var totals = await course.Log.TotalsAsync(Course, Instructor, period, Cancel);
        Assert.Equal((totals.Requests, totals.People), (activity.Requests, activity.Students));
        return compared;
    }

    private static (string Title, string? Link, string Figure) Row(IElement row) =>
        (row.Closest("table")!.QuerySelector("caption")!.TextContent, row.QuerySelector("a")?.GetAttribute("href"),
            (row.QuerySelector(".bar-value") ?? row.QuerySelector("td")!).TextContent.Trim());

    private static (string Title, string? Link, string Figure) Share(IElement row) =>
        ("Who wrote the hints", row.QuerySelector("a")?.GetAttribute("href"), row.QuerySelector("strong")!.TextContent.Trim());

    private static (string Title, string? Link, string Figure) Card(IElement row) =>
        (row.QuerySelector(".attention-title")!.TextContent.Trim(), row.QuerySelector("a")?.GetAttribute("href"), row.QuerySelector(".attention-count")!.TextContent.Trim());

    private static (string Title, string? Link, string Figure) Cell(IElement cell) =>
        ("Model", cell.QuerySelector("a")?.GetAttribute("href"), Regex.Replace(cell.TextContent.Trim(), @" \(.*", ""));

    // The figure once more, from nothing but the rows that the page behind the link lists.
    private static async Task<string> CountedAsync(SeededCourse course, string title, string link)
    {
        if (link.Contains("/escalations", StringComparison.Ordinal))
            return StaffWords.Count((await course.Escalations.QueueAsync(Course, Instructor, "open", null, 10_000, Cancel)).Rows.Count);
        if (link.EndsWith("/flags", StringComparison.Ordinal))
            return StaffWords.Count((await new FlagQueue(course.Database, course.Names, course.Audit).ListAsync(Course, Instructor, "open", null, null, 10_000, Cancel)).Rows.Count);
        var filter = LogAddress.Read("http://localhost/" + link);
        var rows = (await course.Log.ListAsync(Course, Instructor, filter, null, null, 10_000, Cancel)).Rows;
        var totals = await course.Log.TotalsAsync(Course, Instructor, filter, Cancel);
        Assert.Equal((rows.Count, rows.Select(row => row.Student.Alias).Distinct().Count()), (totals.Requests, totals.People));
        var of = title switch
        {
            _ when title.StartsWith("Tests students", StringComparison.Ordinal) || title.StartsWith("Further tests", StringComparison.Ordinal)
                || title.StartsWith("Students asking", StringComparison.Ordinal) => StaffWords.Count(totals.People),
            _ when title.StartsWith("Tokens", StringComparison.Ordinal) => StaffWords.Count(totals.Tokens),
            _ when title.StartsWith("Cost", StringComparison.Ordinal) => StaffWords.Money(totals.CostMicro),
            _ when title.StartsWith("Rated hints", StringComparison.Ordinal) => $"{(double)rows.Count(row => row.Rating > 0) / rows.Count:0 %} of {rows.Count}",
            _ => StaffWords.Count(rows.Count),
        };
        return of;
    }

    private static async Task WriteAsync(SeededCourse course, TermRow[] term)
    {
        await course.ExecuteAsync("DELETE FROM escalation; DELETE FROM flag; DELETE FROM verdict; DELETE FROM interaction; DELETE FROM submission;");
        var rows = term.Select(row => new
        {
            Id = $"i{row.Number:000}", Course, Exercise = $"exercise-{row.Exercise}", Student = $"person-{row.Person}", AskedAt = AskedAt(course, row), row.Welfare, row.State, row.Requested,
            row.Level, row.Writer, row.Guard, row.Rating, ReviewedAt = row.Reviewed ? 1L : (long?)null, row.Test, row.Model, row.Input, row.Output, row.Cost, row.Layer, row.Flags, row.Escalated,
            Flagged = row.Flags > 0, row.ByStaff,
        }).ToList();
        await course.Database.WriteAsync(async (connection, transaction) =>
        {
            await connection.ExecuteAsync(
                "INSERT INTO submission (id, course_id, exercise_id, student_id, body, sha256, created_at) VALUES (@Id, @Course, @Exercise, @Student, '', '', @AskedAt)", rows, transaction);
            await connection.ExecuteAsync(
                """
                INSERT INTO interaction (id, client_key, submission_id, course_id, course_version_id, exercise_id, student_id, kind, question, requested_level, state, attempt,
                    lease_until, asked_at, level, writer, guard_action, rating, reviewed_at, first_failing_test, model, input_tokens, output_tokens, cost_micro, flagged, escalated,
                    welfare, by_staff)
                VALUES (@Id, @Id, @Id, @Course, 'v', @Exercise, @Student, 'hint', '', @Requested, @State, 1,
                    0, @AskedAt, @Level, @Writer, @Guard, @Rating, @ReviewedAt, @Test, @Model, @Input, @Output, @Cost, @Flagged, @Escalated, @Welfare, @ByStaff)
                """, rows, transaction);
            await connection.ExecuteAsync(
                "INSERT INTO verdict (id, interaction_id, layer, span, reason) VALUES (@Id, @Id, @Layer, '', '')", rows.Where(row => row.Layer is not null), transaction);
            await connection.ExecuteAsync(
                """
                INSERT INTO flag (id, interaction_id, course_id, category, rule_id, rule_version, severity, field, start, quote, explanation, created_at)
                VALUES (@Key, @Id, @Course, 'injection', 'r', 1, @Severity, 'question', 0, '', '', @AskedAt)
                """,
                rows.SelectMany(row => Enumerable.Range(1, row.Flags).Select(severity => new { Key = $"{row.Id}-{severity}", row.Id, row.Course, Severity = severity, row.AskedAt })), transaction);
            await connection.ExecuteAsync(
                """
                INSERT INTO escalation (id, interaction_id, course_id, exercise_id, student_id, message, state, created_at)
                VALUES (@Id, @Id, @Course, @Exercise, @Student, '', 'open', @AskedAt)
                """, rows.Where(row => row.Escalated && !row.Welfare), transaction);
            return true;
        }, Cancel);
    }

    private static long AskedAt(SeededCourse course, TermRow row) => course.Clock.Now.ToUnixTimeMilliseconds() - row.MinutesAgo * 60_000L;

    private static long From(SeededCourse course) => (course.Clock.Now.ToUnixTimeMilliseconds() / Day - 29) * Day;
}
