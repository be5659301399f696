using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Tutor.Data;

internal static class Sql
{
    /// <summary>A statement of a running transaction; null outside one.</summary>
    public static CommandDefinition In(DbTransaction? transaction, string text, object? parameters, CancellationToken cancel) =>
        new(text, parameters, transaction, cancellationToken: cancel);

    /// <summary>Whether a column is among the values of a parameter. Dapper writes a list out for SQLite and hands it to PostgreSQL as an array.</summary>
    public static string Among(Dialect dialect, string parameter) => dialect == Dialect.Sqlite ? $"IN {parameter}" : $"= ANY({parameter})";

    /// <summary>Ends a SELECT whose rows must stay as they are until the transaction ends. SQLite has one writer at a time anyway.</summary>
    public static string Held(DbConnection connection) => connection is SqliteConnection ? "" : "FOR SHARE";
}
