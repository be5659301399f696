using Dapper;
using Npgsql;
using Tutor.Data;
using Tutor.Tests.Shared.Postgres;

namespace Tutor.UnitTests.Data.Engines;

public sealed class PostgresEngineTests
{
    private static readonly PostgresServer server = PostgresServer.Shared;
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transaction_whose_connection_breaks_runs_again_as_a_whole()
    {
        using var database = Database.OnPostgres(server.CreateDatabase());
        var runs = 0;

        await database.WriteAsync(async (connection, transaction) =>
        {
            await connection.ExecuteAsync("INSERT INTO dp_key (id, xml) VALUES (@id, '')", new { id = $"key-{++runs}" }, transaction);
            if (runs < 3) await BreakAsync((NpgsqlConnection)connection);
            await connection.ExecuteAsync("SELECT 1", transaction: transaction);
        }, cancel);

        Assert.Equal(["key-3"], await database.QueryAsync<string>("SELECT id FROM dp_key", null, cancel));
    }

    [Theory]
    [InlineData(Repeatable.Yes, 2)]
    [InlineData(Repeatable.No, 1)]
    public async Task A_commit_nobody_knows_the_end_of_is_repeated_only_where_that_is_allowed(Repeatable repeatable, int expectedRuns)
    {
        using var database = Database.OnPostgres(server.CreateDatabase());
        var runs = 0;

        var write = database.WriteAsync(async (connection, transaction) =>
        {
            runs++;
            await connection.ExecuteAsync("INSERT INTO dp_key (id, xml) VALUES ('k', '') ON CONFLICT DO NOTHING", transaction: transaction);
            if (runs == 1) await BreakAsync((NpgsqlConnection)connection);
            return true;
        }, cancel, repeatable: repeatable);

        if (repeatable == Repeatable.Yes) Assert.True(await write);
        else await Assert.ThrowsAnyAsync<NpgsqlException>(() => write);
        Assert.Equal(expectedRuns, runs);
    }

    [Fact]
    public async Task A_mistake_in_a_statement_is_not_tried_again()
    {
        using var database = Database.OnPostgres(server.CreateDatabase());
        var runs = 0;

        await Assert.ThrowsAsync<PostgresException>(() => database.WriteAsync(async (connection, transaction) =>
        {
            runs++;
            await connection.ExecuteAsync("INSERT INTO no_such_table VALUES (1)", transaction: transaction);
        }, cancel));

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Nodes_that_start_together_migrate_one_after_the_other()
    {
        var url = server.CreateDatabase(migrated: false);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            using var node = Database.OnPostgres(url);
            Migrator.Migrate(node);
        }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        using var database = Database.OnPostgres(url);
        Assert.Equal(0, await database.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'", null, cancel));
        Assert.Equal(0, await database.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM interaction", null, cancel));
    }

    [Fact]
    public async Task Every_text_column_is_ordered_as_in_SQLite_whatever_the_servers_locale()
    {
        using var database = Database.OnPostgres(server.CreateDatabase());

        var others = await database.QueryAsync<string>(
            """
            SELECT c.relname || '.' || a.attname
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT IN ('schemaversions', 'orleansquery') AND a.attnum > 0
              AND a.atttypid IN ('text'::regtype, 'varchar'::regtype) AND a.attcollation <> '"C"'::regcollation
            """, null, cancel);

        // Migrations write $text$ where they mean a text column.
        Assert.Empty(others);
    }

    private static async Task BreakAsync(NpgsqlConnection connection)
    {
        await using var other = new NpgsqlConnection(server.AdminUrl);
        await other.ExecuteAsync("SELECT pg_terminate_backend(@ProcessID, 5000)", new { connection.ProcessID });
    }
}
