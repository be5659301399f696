using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Data.Audit;
using Tutor.Data.Interactions;
using Tutor.Data.Moving;
using Tutor.Data.Privacy;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Postgres;

namespace Tutor.UnitTests.Data.Engines;

/// <summary>From SQLite to PostgreSQL; it lies with the engines because it needs both.</summary>
public sealed class DatabaseMoveTests : IDisposable
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-move-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_table_arrives_with_every_row_and_the_portal_goes_on_with_them()
    {
        using var sqlite = await SeededAsync();
        using var postgres = Database.OnPostgres(PostgresServer.Shared.CreateDatabase(migrated: false));

        var moved = await new DatabaseMove(sqlite, postgres).RunAsync(cancel);

        Assert.Equal(400, moved.Single(table => table.Name == "interaction").Rows);
        Assert.All(["person", "membership", "course_version", "submission", "interaction_step", "flag", "audit", "alias_key"], name => Assert.True(moved.Single(table => table.Name == name).Rows > 0, name));
        foreach (var table in moved)
            Assert.Equal((table.Name, table.Rows), (table.Name, await CountAsync(postgres, table.Name)));
        Assert.Null((await new AuditLog(postgres, TimeProvider.System).VerifyAsync(cancel)).Problem);
        var (before, after) = (await FoundAsync(sqlite), await FoundAsync(postgres));
        Assert.NotEmpty(before);
        Assert.Equal(before, after);
        Assert.Equal(await CountAsync(sqlite, "interaction_search"), await CountAsync(postgres, "interaction_search"));
        // The next row gets a number of its own.
        var seq = await postgres.QuerySingleOrDefaultAsync<long>("SELECT MAX(seq) FROM interaction", null, cancel);
        await postgres.ExecuteAsync(
            """
            INSERT INTO interaction (id, client_key, submission_id, course_id, course_version_id, exercise_id, student_id, kind, question, requested_level, state, attempt, lease_until, asked_at)
            SELECT 'next', 'next', submission_id, course_id, course_version_id, exercise_id, student_id, kind, question, 1, 'queued', 0, 0, 0 FROM interaction WHERE seq = @seq
            """, new { seq }, cancel);
        Assert.Equal(seq + 1, await postgres.QuerySingleOrDefaultAsync<long>("SELECT seq FROM interaction WHERE id = 'next'", null, cancel));
    }

    [Fact]
    public async Task A_target_with_data_in_it_stays_as_it_is()
    {
        using var sqlite = await SeededAsync();
        using var postgres = Database.OnPostgres(PostgresServer.Shared.CreateDatabase());
        await postgres.ExecuteAsync("INSERT INTO person (id, name, created_at) VALUES ('somebody', 'Somebody', 0)", null, cancel);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new DatabaseMove(sqlite, postgres).RunAsync(cancel));

        Assert.Contains("holds data already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(postgres, "person"));
    }

    [Fact]
    public async Task What_cannot_be_kept_whole_is_not_moved_at_all()
    {
        using var sqlite = await SeededAsync();
        using var postgres = Database.OnPostgres(PostgresServer.Shared.CreateDatabase());
        // SQLite keeps a NUL in a text, PostgreSQL does not.
        await sqlite.ExecuteAsync("UPDATE submission SET body = body || char(0) WHERE id = (SELECT MAX(id) FROM submission)", null, cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => new DatabaseMove(sqlite, postgres).RunAsync(cancel));

        Assert.Equal(0, await CountAsync(postgres, "person"));
    }

    private async Task<Database> SeededAsync()
    {
        var database = new Database(Path.Combine(folder.FullName, "tutor.db"));
        Migrator.Migrate(database);
        var ids = await new SeedInteractions(database) { Courses = ["intro-python", "academic-writing"] }.WriteAsync(400, cancel);
        var audit = new AuditLog(database, TimeProvider.System);
        var names = Names(database, audit);
        var alias = (await names.ListAsync("intro-python", new(SeedInteractions.Ta), cancel))[0].Alias;
        Assert.True(await names.RevealAsync("intro-python", alias, new(SeedInteractions.Ta), "To help", cancel));
        Assert.NotEmpty(ids);
        return database;
    }

    private static StudentNames Names(Database database, AuditLog audit) =>
        new(database, audit, new Rosters(database, TimeProvider.System), new PersonalDataFinder(new PrivacyOptions()), TimeProvider.System);

    private async Task<IReadOnlyList<string>> FoundAsync(Database database)
    {
        // As the portal's first start on it does.
        await new SearchIndex(database, new Rosters(database, TimeProvider.System), new PersonalDataFinder(new PrivacyOptions())).CatchUpAsync(cancel);
        var names = Names(database, new AuditLog(database, TimeProvider.System));
        var page = await new InteractionLog(database, names).ListAsync("intro-python", new(SeedInteractions.Ta), new LogFilter { Text = "division" }, null, null, 500, cancel);
        return [.. page.Rows.Select(row => $"{row.Id} {row.Student.Shown}")];
    }

    private Task<long> CountAsync(Database database, string table) =>
        database.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {table}", null, cancel);
}
