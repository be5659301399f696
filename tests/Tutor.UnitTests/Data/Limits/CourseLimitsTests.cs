using Tutor.Data.Audit;
using Tutor.Data.Interactions;
using Tutor.Data.Limits;
using Tutor.Data.Privacy;

namespace Tutor.UnitTests.Data.Limits;

public abstract class CourseLimitsTests
{
    public sealed class OnSqlite : CourseLimitsTests;
    public sealed class OnPostgres : CourseLimitsTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_student_who_was_given_more_may_ask_that_much_more_today_and_no_longer()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var limits = Limits(file);
        await file.SubmitAsync(cancel, key: "a", quota: 1);
        Assert.IsType<SubmitResult.QuotaSpent>(await file.SubmitAsync(cancel, key: "b", quota: 1));

        Assert.True(await limits.GiveAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 1, LedgerFile.Instructor, cancel));
        Assert.True(await limits.GiveAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 1, LedgerFile.Instructor, cancel));

        Assert.IsType<SubmitResult.Accepted>(await file.SubmitAsync(cancel, key: "b", quota: 1));
        Assert.IsType<SubmitResult.Accepted>(await file.SubmitAsync(cancel, key: "c", quota: 1));
        Assert.Equal(3, Assert.IsType<SubmitResult.QuotaSpent>(await file.SubmitAsync(cancel, key: "d", quota: 1)).Limit);
        Assert.Equal((3, 3), await UseAsync(file));
        file.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((0, 1), await UseAsync(file));
    }

    [Fact]
    public async Task Only_instructors_of_the_course_see_and_change_its_limits()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var limits = Limits(file);
        await file.AskAsync(cancel);

        foreach (var viewer in new[] { LedgerFile.Student, LedgerFile.Ta, LedgerFile.Stranger })
        {
            Assert.Null(await limits.TodayAsync(LedgerFile.Course, viewer, cancel));
            Assert.False(await limits.GiveAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 5, viewer, cancel));
            Assert.False(await limits.SetBudgetAsync(LedgerFile.Course, 1, viewer, cancel));
        }
        Assert.False(await limits.GiveAsync(LedgerFile.Course, LedgerFile.Stranger.PersonId, 5, LedgerFile.Instructor, cancel));

        var use = await limits.TodayAsync(LedgerFile.Course, LedgerFile.Instructor, cancel);
        var student = Assert.Single(use!.Students);
        Assert.Equal((LedgerFile.Student.PersonId, 1, 0), (student.StudentId, student.Used, student.Extra));
        Assert.Null(use.TokensPerDay);
    }

    [Fact]
    public async Task A_budget_is_spent_by_the_tokens_of_the_day_and_is_whole_again_the_next()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var limits = Limits(file);
        var (id, attempt) = await file.RunAsync(cancel);
        // Three tokens read and four written.
        await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt), cancel);

        Assert.False(await limits.IsBudgetSpentAsync(LedgerFile.Course, cancel));
        await limits.SetBudgetAsync(LedgerFile.Course, 8, LedgerFile.Instructor, cancel);
        Assert.False(await limits.IsBudgetSpentAsync(LedgerFile.Course, cancel));
        await limits.SetBudgetAsync(LedgerFile.Course, 7, LedgerFile.Instructor, cancel);
        Assert.True(await limits.IsBudgetSpentAsync(LedgerFile.Course, cancel));
        var use = await limits.TodayAsync(LedgerFile.Course, LedgerFile.Instructor, cancel);
        Assert.Equal((7L, 7L), (use!.Tokens, use.TokensPerDay));
        file.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await limits.IsBudgetSpentAsync(LedgerFile.Course, cancel));
        await limits.SetBudgetAsync(LedgerFile.Course, null, LedgerFile.Instructor, cancel);
        Assert.Null((await limits.TodayAsync(LedgerFile.Course, LedgerFile.Instructor, cancel))!.TokensPerDay);
    }

    [Fact]
    public async Task Instructors_read_pseudonyms_and_what_they_change_is_noted()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (limits, log) = (Limits(file), new AuditLog(file.Database, file.Clock));
        await file.AskAsync(cancel);

        var student = Assert.Single((await limits.TodayAsync(LedgerFile.Course, LedgerFile.Instructor, cancel))!.Students).Student;
        await limits.GiveAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 5, LedgerFile.Instructor, cancel);
        await limits.SetBudgetAsync(LedgerFile.Course, 1_000, LedgerFile.Instructor, cancel);
        await limits.GiveAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 5, LedgerFile.Ta, cancel);

        Assert.Equal($"Student {student.Alias}", student.Shown);
        var noted = (await log.ListAsync(LedgerFile.Course, LedgerFile.Instructor, new AuditFilter { Action = AuditAction.Changed }, null, 10, cancel)).Rows;
        Assert.Equal([(AuditObject.Course, LedgerFile.Course), (AuditObject.Student, student.Alias)], noted.Select(row => (row.Object, row.ObjectId)));
    }

    [Fact]
    public async Task Everybody_who_asked_today_is_on_a_page_and_anybody_is_found_by_their_pseudonym()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var today = (await file.Database.Zones.OfAsync(LedgerFile.Course, cancel)).DayOf(file.Clock.Now);
        await file.Database.ExecuteAsync(
            string.Concat(Enumerable.Range(0, 130).Select(n =>
                $"INSERT INTO person (id, name, created_at) VALUES ('p{n}', 'P {n}', 0); INSERT INTO membership (course_id, person_id, role, created_at) VALUES ('{LedgerFile.Course}', 'p{n}', 'student', 0);"
                + (n < 125 ? $"INSERT INTO quota (course_id, student_id, day, used) VALUES ('{LedgerFile.Course}', 'p{n}', '{today.Key}', {1 + n % 7});" : ""))), null, cancel);
        var limits = Limits(file);

        var seen = new List<string>();
        CourseUse page;
        do
        {
            page = (await limits.TodayAsync(LedgerFile.Course, LedgerFile.Instructor, cancel, skip: seen.Count))!;
            seen.AddRange(page.Students.Select(student => student.StudentId));
        }
        while (seen.Count < page.Asked && page.Students.Count > 0);
        var silent = (await file.Names.ForAsync(LedgerFile.Course, LedgerFile.Instructor, cancel)).Of("p129").Alias;
        var found = Assert.Single((await limits.TodayAsync(LedgerFile.Course, LedgerFile.Instructor, cancel, silent))!.Students);

        Assert.Equal((125, 125, 125), (page.Asked, seen.Count, seen.Distinct().Count()));
        Assert.Equal(("p129", 0), (found.StudentId, found.Used));
        Assert.Empty((await limits.TodayAsync(LedgerFile.Course, LedgerFile.Instructor, cancel, "NOBODY"))!.Students);
    }

    private static CourseLimits Limits(LedgerFile file)
    {
        var audit = new AuditLog(file.Database, file.Clock);
        return new CourseLimits(file.Database, file.Names, audit, file.Clock);
    }

    private async Task<(int Used, int Limit)> UseAsync(LedgerFile file)
    {
        var use = await file.Interactions.QuotaAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 1, cancel);
        return (use.Used, use.Limit);
    }
}
