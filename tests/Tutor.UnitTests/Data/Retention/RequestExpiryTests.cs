using Dapper;
using Microsoft.Extensions.Options;
using Tutor.Core.Interactions;
using Tutor.Data;
using Tutor.Data.Escalations;
using Tutor.Data.Interactions;
using Tutor.Data.Retention;
using Tutor.UnitTests.Data.Access;
using static Tutor.UnitTests.Data.Access.AccessCourse;

namespace Tutor.UnitTests.Data.Retention;

public abstract class RequestExpiryTests
{
    public sealed class OnSqlite : RequestExpiryTests;
    public sealed class OnPostgres : RequestExpiryTests, IOnPostgres;

    [Fact]
    public async Task What_a_student_gave_and_got_is_gone_from_every_table_once_its_course_keeps_it_no_longer()
    {
        using var course = await CreateAsync();
        await course.Store<EscalationStore>().ClaimAsync(course.Target.Escalation, Who.Ta, Cancel);
        await course.Store<EscalationStore>().ReplyAsync(course.Target.Escalation, Who.Ta, "Look here", Cancel);
        await KeepAsync(course, Course, 30);
        course.Clock.Advance(TimeSpan.FromDays(31));
        var elsewhere = await CountAsync(course, "interaction", ForeignCourse);

        var deleted = await Expiry(course, keepDays: 0).DeleteAsync(Cancel);

        Assert.Equal(3, deleted);
        Assert.Equal(["course", "course_version", "lti_context", "membership", "person", "publication"], await TablesWithAsync(course, Course, Who.Author.PersonId, course.Target.Interaction, course.Target.Distress));
        Assert.Equal((1, 1), (elsewhere, await CountAsync(course, "interaction", ForeignCourse)));
        Assert.Single(await course.Database.QueryAsync<long>(course.Database.Dialect == Dialect.Sqlite ? "SELECT rowid FROM interaction_search" : "SELECT seq FROM interaction_search", null, Cancel));
    }

    [Fact]
    public async Task What_is_younger_or_still_to_be_answered_stays()
    {
        using var course = await CreateAsync();
        await course.Database.ExecuteAsync("UPDATE interaction SET state = 'queued' WHERE id = @Interaction", course.Target, Cancel);
        await KeepAsync(course, Course, 30);
        course.Clock.Advance(TimeSpan.FromDays(31));
        var younger = Assert.IsType<SubmitResult.Accepted>(await course.Store<Ledger>().SubmitAsync(New(), 40, Cancel)).InteractionId;

        await Expiry(course, keepDays: 0).DeleteAsync(Cancel);

        Assert.Equal(
            new[] { course.Target.Interaction, younger }.Order(StringComparer.Ordinal),
            await course.Database.QueryAsync<string>("SELECT id FROM interaction WHERE course_id = @Course ORDER BY id", new { Course }, Cancel));
    }

    [Fact]
    public async Task Many_are_deleted_in_several_transactions_and_the_limit_of_the_installation_holds_for_courses_without_one()
    {
        using var course = await CreateAsync();
        for (var i = 0; i < 230; i++)
            await course.Store<Ledger>().AnswerAsync(New(), LedgerFile.Finished("", 1).Outcome, Cancel);
        course.Clock.Advance(TimeSpan.FromDays(100));

        var kept = await Expiry(course, keepDays: 0).DeleteAsync(Cancel);
        var deleted = await Expiry(course, keepDays: 99).DeleteAsync(Cancel);

        Assert.Equal((0, 234), (kept, deleted));
        Assert.Equal(0, await CountAsync(course, "submission", Course));
    }

    private static RequestExpiry Expiry(AccessCourse course, int keepDays) => new(course.Database, Options.Create(new RetentionOptions { KeepDays = keepDays }), course.Clock);

    private static Task<int> KeepAsync(AccessCourse course, string id, int days) =>
        course.Database.ExecuteAsync("UPDATE course SET keep_days = @days WHERE id = @id", new { id, days }, Cancel);

    private static Task<long> CountAsync(AccessCourse course, string table, string id) =>
        course.Database.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {table} WHERE course_id = @id", new { id }, Cancel);

    // Every table but the audit log in which any of these ids still stands.
    private static async Task<IReadOnlyList<string>> TablesWithAsync(AccessCourse course, params string[] ids)
    {
        await using var connection = await course.Database.OpenAsync(Cancel);
        var tables = await connection.QueryAsync<string>(course.Database.Dialect == Dialect.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'interaction_search_%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
        var with = new List<string>();
        foreach (var table in tables.Where(table => table != "audit"))
            if ((await connection.QueryAsync($"SELECT * FROM \"{table}\"")).Cast<IDictionary<string, object?>>().Any(row => row.Values.Any(value => ids.Contains(value as string))))
                with.Add(table);
        return [.. with.Order(StringComparer.Ordinal)];
    }

    private static NewInteraction New() => new()
    {
        ClientKey = Guid.NewGuid().ToString(), StudentId = Who.Author.PersonId, CourseId = Course, CourseVersionId = "v", ExerciseId = LedgerFile.Exercise,
        Kind = InteractionKind.Hint, Level = Tutor.Core.Hints.HintLevel.Nudge, Work = "x = 1", Question = "Why?",
    };
}
