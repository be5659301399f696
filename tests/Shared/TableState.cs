using System.Security.Cryptography;
using System.Text;
using Dapper;
using Tutor.Data;

namespace Tutor.Tests.Shared;

/// <summary>All rows of a database as one hash, to see whether something changed.</summary>
internal static class TableState
{
    /// <param name="without">Tables, or columns as "table.column", that may change meanwhile.</param>
    public static async Task<string> OfAsync(Database database, CancellationToken cancel, params string[] without)
    {
        await using var connection = await database.OpenAsync(cancel);
        var tables = await connection.QueryAsync<string>(database.Dialect == Dialect.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in tables.Except(without).Order(StringComparer.Ordinal))
        {
            var rows = (await connection.QueryAsync($"SELECT * FROM \"{table}\"")).Cast<IDictionary<string, object?>>()
                .Select(row => string.Join('|', row.Where(cell => !without.Contains($"{table}.{cell.Key}")).Select(cell => Text(cell.Value))))
                .Order(StringComparer.Ordinal);
            hash.AppendData(Encoding.UTF8.GetBytes($"{table}\n{string.Join('\n', rows)}\n"));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
}
