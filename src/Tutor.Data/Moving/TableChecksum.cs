using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tutor.Data.Moving;

/// <summary>Counts the rows of a table and sums their hashes up, so that two databases that order rows in other ways come to the same.</summary>
internal static class TableChecksum
{
    public static async Task<MovedTable> OfAsync(DbConnection connection, DbTransaction? transaction, string table, IReadOnlyList<string> columns, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => $"\"{column}\""))} FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (rows, sum) = (0L, new byte[SHA256.HashSizeInBytes]);
        while (await reader.ReadAsync(cancel))
        {
            var text = new StringBuilder();
            for (var i = 0; i < columns.Count; i++)
                Append(text, reader.IsDBNull(i) ? null : reader.GetValue(i));
            Add(sum, SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
            rows++;
        }
        return new MovedTable(table, rows, Convert.ToHexStringLower(sum));
    }

    // The length before the value: "ab" and "c" are not "a" and "bc". SQLite has integers where PostgreSQL has booleans.
    private static void Append(StringBuilder text, object? value)
    {
        var written = value switch
        {
            null => null,
            bool yes => yes ? "1" : "0",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        text.Append(CultureInfo.InvariantCulture, $"{written?.Length ?? -1}:{written}|");
    }

    // Addition with carry and not exclusive or, by which two equal rows would vanish.
    private static void Add(byte[] sum, byte[] hash)
    {
        for (int i = sum.Length - 1, carry = 0; i >= 0; i--)
        {
            carry += sum[i] + hash[i];
            sum[i] = (byte)carry;
            carry >>= 8;
        }
    }
}
