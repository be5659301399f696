using Dapper;
using Microsoft.Extensions.Options;
using Tutor.Data;
using Tutor.Data.Limits;
using Tutor.Data.People;
using Tutor.Data.Retention;
using Tutor.UnitTests.Data.Access;
using static Tutor.UnitTests.Data.Access.AccessCourse;

namespace Tutor.UnitTests.Data.Retention;

public abstract class PeopleExpiryTests
{
    public sealed class OnSqlite : PeopleExpiryTests;
    public sealed class OnPostgres : PeopleExpiryTests, IOnPostgres;

    [Fact]
    public async Task Somebody_in_no_course_is_gone_from_every_table_after_their_time()
    {
        using var course = await CreateAsync();
        var id = await NewcomerAsync(course);
        await course.Store<PersonStore>().LeaveAsync(Course, id, Cancel);

        Assert.Equal(0, await Expiry(course).DeleteAsync(Cancel));
        course.Clock.Advance(TimeSpan.FromDays(179));
        Assert.Equal(0, await Expiry(course).DeleteAsync(Cancel));
        course.Clock.Advance(TimeSpan.FromDays(2));
        var before = await TablesWithAsync(course, id);
        await Expiry(course).DeleteAsync(Cancel);

        Assert.Equal(["api_token", "draft", "draft_kept", "name_reveal", "person", "person_identity", "quota", "student_allowance", "test_run"], before.Except(["session", "directory_grant"]));
        Assert.Empty(await TablesWithAsync(course, id));
    }

    [Fact]
    public async Task Whoever_came_back_was_listed_again_or_signed_in_begins_their_time_anew()
    {
        using var course = await CreateAsync();
        var (back, seen) = (await NewcomerAsync(course), await NewcomerAsync(course, "seen"));
        foreach (var id in new[] { back, seen }) await course.Store<PersonStore>().LeaveAsync(Course, id, Cancel);
        await Expiry(course).DeleteAsync(Cancel);
        course.Clock.Advance(TimeSpan.FromDays(200));
        await course.Store<PersonStore>().JoinAsync(Course, back, "student", Cancel);
        Assert.Equal(seen, (await course.Store<IdentityStore>().AdmitAsync(Proven("seen"), Cancel)).Id);

        await Expiry(course).DeleteAsync(Cancel);

        Assert.NotNull(await course.Store<PersonStore>().FindAsync(back, Cancel));
        Assert.NotNull(await course.Store<PersonStore>().FindAsync(seen, Cancel));
    }

    [Fact]
    public async Task Whoever_is_suspended_stays_suspended()
    {
        using var course = await CreateAsync();
        var id = await NewcomerAsync(course);
        await course.Store<PersonStore>().LeaveAsync(Course, id, Cancel);
        await course.Database.ExecuteAsync("UPDATE person SET suspended_at = 1, suspended_why = 'Shared an account' WHERE id = @id", new { id }, Cancel);
        await Expiry(course).DeleteAsync(Cancel);
        course.Clock.Advance(TimeSpan.FromDays(400));

        await Expiry(course).DeleteAsync(Cancel);

        Assert.NotNull(await course.Store<PersonStore>().FindAsync(id, Cancel));
    }

    [Fact]
    public async Task Whoever_asked_something_or_taught_stays_while_it_is_kept()
    {
        using var course = await CreateAsync();
        await course.Database.ExecuteAsync("DELETE FROM membership", null, Cancel);
        await Expiry(course).DeleteAsync(Cancel);
        course.Clock.Advance(TimeSpan.FromDays(400));

        await Expiry(course).DeleteAsync(Cancel);

        foreach (var stays in new[] { Who.Author, Who.ForeignStudent, Who.Instructor }) Assert.NotNull(await course.Store<PersonStore>().FindAsync(stays.PersonId, Cancel));
        Assert.Null(await course.Store<PersonStore>().FindAsync(Who.Classmate.PersonId, Cancel));
    }

    [Fact]
    public async Task Nobody_is_deleted_where_people_are_kept_for_ever()
    {
        using var course = await CreateAsync();
        await course.Database.ExecuteAsync("DELETE FROM membership", null, Cancel);
        await Expiry(course, keepDays: 0).DeleteAsync(Cancel);
        course.Clock.Advance(TimeSpan.FromDays(4000));

        Assert.Equal(0, await Expiry(course, keepDays: 0).DeleteAsync(Cancel));
    }

    private static PeopleExpiry Expiry(AccessCourse course, int keepDays = 180) =>
        new(course.Database, Options.Create(new RetentionOptions { KeepPeopleDays = keepDays }), course.Clock);

    private static ProvenIdentity Proven(string name) => new("entra", $"entra-{name}", $"New {name}", $"{name}@example.edu", $"{name}@example.edu");

    // Somebody with a row in each table that is theirs alone.
    private static async Task<string> NewcomerAsync(AccessCourse course, string name = "comer")
    {
        var id = (await course.Store<IdentityStore>().AdmitAsync(Proven(name), Cancel)).Id;
        await course.Store<PersonStore>().JoinAsync(Course, id, "student", Cancel);
        await course.Store<CourseLimits>().GiveAsync(Course, id, 5, Who.Instructor, Cancel);
        await course.Database.ExecuteAsync(
            """
            INSERT INTO api_token (id, person_id, name, hash, created_at) VALUES (@id, @id, 'laptop', @id, 0);
            INSERT INTO draft (student_id, course_id, exercise_id, body, question, updated_at) VALUES (@id, @Course, 'x', 'my draft', '', 0);
            INSERT INTO draft_kept (id, student_id, course_id, exercise_id, body, question, kept_at) VALUES (@id, @id, @Course, 'x', 'my earlier draft', '', 0);
            INSERT INTO test_run (student_id, course_id, exercise_id, passed, total, run_at) VALUES (@id, @Course, 'x', 1, 2, 0);
            INSERT INTO quota (course_id, student_id, day, used) VALUES (@Course, @id, '2027-01-01', 1);
            INSERT INTO name_reveal (course_id, student_id, viewer_id, until) VALUES (@Course, @id, 'tom-ta', 0);
            """, new { id, Course }, Cancel);
        return id;
    }

    // Every table in which the id still stands.
    private static async Task<IReadOnlyList<string>> TablesWithAsync(AccessCourse course, string id)
    {
        await using var connection = await course.Database.OpenAsync(Cancel);
        var tables = await connection.QueryAsync<string>(course.Database.Dialect == Dialect.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'interaction_search_%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
        var with = new List<string>();
        foreach (var table in tables)
            if ((await connection.QueryAsync($"SELECT * FROM \"{table}\"")).Cast<IDictionary<string, object?>>().Any(row => row.Values.Any(value => value as string == id)))
                with.Add(table);
        return [.. with.Order(StringComparer.Ordinal)];
    }
}
