using System.Data.Common;
using Dapper;

namespace Tutor.Data;

internal static class Sql
{
    /// <summary>A statement of a running transaction; null outside one.</summary>
    public static CommandDefinition In(DbTransaction? transaction, string text, object? parameters, CancellationToken cancel) =>
        new(text, parameters, transaction, cancellationToken: cancel);

    /// <summary>Whether a column is among the values of a parameter. Dapper writes a list out for SQLite and hands it to PostgreSQL as an array.</summary>
    public static string Among(Dialect dialect, string parameter) => dialect == Dialect.Sqlite ? $"IN {parameter}" : $"= ANY({parameter})";

    /// <summary>Many rows by one INSERT, and so by one round trip: what stands after VALUES, and its parameters.</summary>
    public static (string Values, DynamicParameters Parameters) Rows(IEnumerable<IReadOnlyList<object?>> rows)
    {
        var parameters = new DynamicParameters();
        var written = rows.Select((row, number) => $"({string.Join(", ", row.Select((value, column) =>
        {
            var name = $"r{number}c{column}";
            parameters.Add(name, value);
            return "@" + name;
        }))})");
        return (string.Join(", ", written), parameters);
    }

    /// <summary>Ends a SELECT that leaves out rows which another transaction is changing, and keeps the others as they are until its own ends. SQLite has one writer at a time anyway.</summary>
    public static string Unlocked(Dialect dialect) => dialect == Dialect.Sqlite ? "" : "FOR NO KEY UPDATE SKIP LOCKED";
}
