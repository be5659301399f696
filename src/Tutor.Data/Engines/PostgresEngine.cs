using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using Npgsql;

namespace Tutor.Data.Engines;

/// <summary>A PostgreSQL database that several nodes share.</summary>
/// <remarks>
/// A restart of the server takes a second or two. Reads and transactions that meet one run again as a whole until
/// <see cref="patience"/> is over, so that a person sees a slow page instead of an error.
/// </remarks>
internal sealed class PostgresEngine : IDatabaseEngine
{
    // "Tutor" in ASCII: the one lock under which nodes that start together upgrade the schema one after the other.
    private const long UpgradeLock = 0x5475746f72;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(8);
    private readonly NpgsqlDataSource source;
    private readonly string connectionString;

    public PostgresEngine(string url)
    {
        var settings = PostgresUrl.Parse(url);
        connectionString = settings.ToString();
        Name = $"PostgreSQL {settings.Host}/{settings.Database}";
        source = NpgsqlDataSource.Create(settings);
    }

    public Dialect Dialect => Dialect.Postgres;

    public string Name { get; }

    public string ConnectionString => connectionString;

    public async Task<DbConnection> OpenAsync(CancellationToken cancel) => await source.OpenConnectionAsync(cancel);

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel) => AgainAsync(async _ =>
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await read(connection);
    }, Repeatable.Yes, cancel);

    public Task<T> WriteAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work, Durability durability, Repeatable repeatable, CancellationToken cancel) =>
        AgainAsync(async committing =>
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (durability == Durability.Relaxed)
                await connection.ExecuteAsync(new CommandDefinition("SET LOCAL synchronous_commit = off", transaction: transaction, cancellationToken: cancel));
            var result = await work(connection, transaction);
            committing();
            await transaction.CommitAsync(cancel);
            return result;
        }, repeatable, cancel);

    public IReadOnlyList<string> AppliedScripts()
    {
        try
        {
            using var connection = source.OpenConnection();
            var tables = connection.Query<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").AsList();
            if (tables.Contains("schemaversions"))
                return connection.Query<string>("SELECT scriptname FROM schemaversions ORDER BY schemaversionsid").AsList();
            return !tables.Contains("person") && !tables.Contains("interaction")
                ? []
                : throw new DatabaseRefusedException($"{Name} holds tables of another program, or half of a restored backup. Make an empty database (deploy/postgres/setup.sh).");
        }
        catch (NpgsqlException error)
        {
            throw Refused(error);
        }
    }

    // PostgreSQL clears and reuses space by itself (autovacuum); deploy/README.md says what that leaves.
    public Task ForgetDeletedAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Upgrade(Action<UpgradeEngineBuilder> upgrade)
    {
        using var connection = source.OpenConnection();
        connection.Execute("SELECT pg_advisory_lock(@UpgradeLock)", new { UpgradeLock }, commandTimeout: 300);
        try
        {
            // Its connections end with the upgrade instead of waiting in a pool nobody uses again.
            upgrade(DeployChanges.To.PostgresqlDatabase(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString())
                .WithVariable("serial", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
                // The order of SQLite and of ordinal comparison in C#, whatever the server's locale.
                .WithVariable("text", "TEXT COLLATE \"C\""));
        }
        finally
        {
            // Closing a pooled connection does not end its session, and with it the lock.
            connection.Execute("SELECT pg_advisory_unlock(@UpgradeLock)", new { UpgradeLock });
        }
    }

    public void Dispose() => source.Dispose();

    /// <param name="run">Calls what it is given just before it commits.</param>
    private static async Task<T> AgainAsync<T>(Func<Action, Task<T>> run, Repeatable repeatable, CancellationToken cancel)
    {
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        for (var pause = 50; ; pause = Math.Min(1000, pause * 2))
        {
            var committing = false;
            try
            {
                return await run(() => committing = true);
            }
            catch (NpgsqlException error) when (
                error.IsTransient && !Database.IsOutOfSpace(error) && Environment.TickCount64 < until && (!committing || repeatable == Repeatable.Yes || NothingCommitted(error)))
            {
                await Task.Delay(pause, cancel);
            }
        }
    }

    private DatabaseRefusedException Refused(NpgsqlException error) => new(error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"{Name} does not let Tutor in: {error.Message} Check user and password in Database:Url, and the server's pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => $"{Name} does not exist. Make it with deploy/postgres/setup.sh, or name the right one in Database:Url.",
        PostgresErrorCodes.InsufficientPrivilege => $"Tutor's role may not read {Name}: {error.Message} deploy/postgres/setup.sh gives it what it needs.",
        _ => $"{Name} cannot be used: {SqliteRefusal.OneLine(error.Message)} Check that the server runs and that Database:Url is right.",
    }, error);

    // The server itself said that the transaction is rolled back.
    private static bool NothingCommitted(NpgsqlException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
