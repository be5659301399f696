using Tutor.Data;
using Tutor.Data.Audit;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Audit;

public abstract class AuditLogTests
{
    public sealed class OnSqlite : AuditLogTests;
    public sealed class OnPostgres : AuditLogTests, IOnPostgres;

    [Fact]
    public async Task What_staff_open_and_decide_stands_in_the_log_of_the_course_and_looking_again_is_the_same_visit()
    {
        using var course = await WithAsync(200);
        var (id, _) = await course.FinishedAsync();

        await course.Reader.FindAsync(id, Ta, Cancel);
        await course.Reader.FindAsync(id, Ta, Cancel);
        course.Clock.Advance(TimeSpan.FromMinutes(11));
        await course.Reader.FindAsync(id, Ta, Cancel);
        await course.Reader.ReviewAsync(id, Ta, "A note for colleagues", Cancel);
        var page = await course.Audit.ListAsync(Course, Instructor, null, null, 10, Cancel);

        Assert.Equal(
            [(AuditAction.Changed, "reviewed"), (AuditAction.Opened, ""), (AuditAction.Opened, "")],
            page.Rows.Select(row => (row.Action, row.Detail)));
        Assert.All(page.Rows, row => Assert.Equal((id, Ta.PersonId, "Tom Teaching-Assistant"), (row.ObjectId, row.ActorId, row.ActorName)));
    }

    [Fact]
    public async Task Pages_of_the_log_follow_each_other_without_gap()
    {
        using var course = await WithAsync(100);
        foreach (var id in course.Ids.Take(20))
            await course.Reader.FindAsync(id, Instructor, Cancel);
        var all = (await course.Audit.ListAsync(Course, Instructor, null, null, 100, Cancel)).Rows.Select(row => row.Seq).ToList();

        var pages = new List<AuditPage> { await course.Audit.ListAsync(Course, Instructor, null, null, 4, Cancel) };
        while (pages[^1].Older is { } older)
            pages.Add(await course.Audit.ListAsync(Course, Instructor, null, older, 4, Cancel));

        Assert.True(all.Count > 8);
        Assert.Equal(all, pages.SelectMany(page => page.Rows).Select(row => row.Seq));
    }

    [Fact]
    public async Task The_chain_verifies_and_writers_at_the_same_time_do_not_break_it()
    {
        using var course = await WithAsync(100);
        var ids = course.Ids.Where((_, i) => i % 2 == 0).ToList();

        await Task.WhenAll(ids.Select(id => course.Reader.ReviewAsync(id, Instructor, "Seen", Cancel)));
        var check = await course.Audit.VerifyAsync(Cancel);

        Assert.Equal((50, null), (check.Rows, check.Problem));
        Assert.Equal(64, check.LastHash.Length);
    }

    [Theory]
    [InlineData("UPDATE audit SET detail = 'nothing happened' WHERE seq = 3", "Row 3 was changed")]
    [InlineData("DELETE FROM audit WHERE seq = 3", "Row 3 is missing")]
    [InlineData("UPDATE audit SET previous = 'x' WHERE seq = 3", "Row 3 does not follow")]
    public async Task A_row_that_was_changed_or_taken_out_shows(string forgery, string problem)
    {
        using var course = await WithAsync(20);
        foreach (var id in course.Ids.Where((_, i) => i % 2 == 0).Take(6))
            await course.Reader.ReviewAsync(id, Instructor, "Seen", Cancel);
        await course.ExecuteAsync(course.Database.Dialect == Dialect.Sqlite
            ? "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete" : "DROP TRIGGER audit_append_only ON audit");

        await course.ExecuteAsync(forgery);
        var check = await course.Audit.VerifyAsync(Cancel);

        Assert.Contains(problem, check.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit SET detail = 'nothing happened'")]
    [InlineData("DELETE FROM audit")]
    public async Task The_log_takes_no_change(string forgery)
    {
        using var course = await WithAsync(20);
        await course.Reader.ReviewAsync(course.Ids[0], Instructor, "Seen", Cancel);

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => course.ExecuteAsync(forgery));

        Assert.Contains("new rows only", refused.Message, StringComparison.Ordinal);
        Assert.Null((await course.Audit.VerifyAsync(Cancel)).Problem);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_leaves_no_entry()
    {
        using var course = await WithAsync(20);

        await Assert.ThrowsAsync<InvalidOperationException>(() => course.Database.WriteAsync(async (connection, transaction) =>
        {
            await course.Audit.WriteAsync(connection, transaction, new AuditEvent(Ta, Course, AuditAction.Changed, AuditObject.Course, "x"), Cancel);
            throw new InvalidOperationException("The change failed.");
        }, Cancel));

        Assert.Equal(0, (await course.Audit.VerifyAsync(Cancel)).Rows);
    }
}
