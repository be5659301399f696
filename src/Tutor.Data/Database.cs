using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tutor.Data.Courses;
using Tutor.Data.Engines;

namespace Tutor.Data;

/// <summary>Opens connections for one unit of work each and runs write transactions, on SQLite or on PostgreSQL.</summary>
/// <remarks>Connections are never kept across a model call or a circuit.</remarks>
public sealed class Database : IDisposable
{
    static Database()
    {
        // Columns are snake_case, members PascalCase.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Dapper asks a handler only for types it has no mapping of its own for.
        SqlMapper.RemoveTypeMap(typeof(string));
        SqlMapper.AddTypeHandler(new TextHandler());
    }

    /// <param name="path">A SQLite file; its folder is made when missing.</param>
    public Database(string path) : this(new SqliteEngine(path)) { }

    private Database(IDatabaseEngine engine) => (Engine, Zones) = (engine, new CourseZones(this));

    /// <param name="url"><c>postgres://user:password@host/database</c> or an Npgsql connection string.</param>
    public static Database OnPostgres(string url) => new(new PostgresEngine(url));

    internal IDatabaseEngine Engine { get; }

    /// <summary>By whose clocks each course counts its days.</summary>
    public CourseZones Zones { get; }

    public Dialect Dialect => Engine.Dialect;

    /// <summary>Tells people which database it is; carries no password.</summary>
    public string Name => Engine.Name;

    /// <summary>Opens a connection for reading; dispose it as soon as the rows are read.</summary>
    public Task<DbConnection> OpenAsync(CancellationToken cancel) => Engine.OpenAsync(cancel);

    /// <summary>Runs <paramref name="work"/> in one write transaction and commits it; rolls back when it throws.</summary>
    /// <param name="work">May run more than once where the database goes away, so it changes nothing but the database.</param>
    public Task<T> WriteAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancel, Durability durability = Durability.Full,
        Repeatable repeatable = Repeatable.No) =>
        Engine.WriteAsync(work, durability, repeatable, cancel);

    public Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancel) =>
        WriteAsync(async (connection, transaction) => { await work(connection, transaction); return true; }, cancel);

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancel) =>
        Engine.ReadAsync<IReadOnlyList<T>>(async connection =>
            (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancel))).AsList(), cancel);

    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters, CancellationToken cancel) =>
        Engine.ReadAsync(connection =>
            connection.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancel)), cancel);

    /// <summary>Asks the database for a sign of life, once, without waiting for it to come back.</summary>
    /// <exception cref="Exception">It does not answer.</exception>
    public async Task PingAsync(CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM course", cancellationToken: cancel));
    }

    /// <summary>The disk took no more of a write. Its transaction left nothing behind, and reading goes on.</summary>
    // 13 is SQLITE_FULL; 10 is SQLITE_IOERR, which a full disk gives where SQLite grows its shared memory.
    internal static bool IsOutOfSpace(Exception error) =>
        error is SqliteException { SqliteErrorCode: 13 or 10 } or NpgsqlException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>Runs one statement in its own write transaction; returns the rows it changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancel) =>
        WriteAsync((connection, transaction) =>
            connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancel)), cancel);

    public void Dispose() => Engine.Dispose();
}
