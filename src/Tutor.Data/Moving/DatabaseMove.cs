using System.Data.Common;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Tutor.Data.Moving;

/// <summary>Moves everything from a SQLite file into an empty PostgreSQL database, in one transaction, and reads it again on both sides.</summary>
public sealed class DatabaseMove(Database from, Database to)
{
    /// <summary>Both databases are brought to the current schema first. Nothing may use them meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The target is not empty, or a table does not read the same; the target is as it was then.</exception>
    public async Task<IReadOnlyList<MovedTable>> RunAsync(CancellationToken cancel)
    {
        Migrator.Migrate(from);
        Migrator.Migrate(to);
        await using var source = await from.OpenAsync(cancel);
        return await to.WriteAsync<IReadOnlyList<MovedTable>>(async (connection, transaction) =>
        {
            var target = (NpgsqlConnection)connection;
            if (await target.ExecuteScalarAsync<long>("SELECT (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM course) + (SELECT COUNT(*) FROM audit)", transaction: transaction) > 0)
                throw new InvalidOperationException($"{to.Name} holds data already. Make an empty database (deploy/postgres/setup.sh) and move into it.");
            var moved = new List<MovedTable>();
            foreach (var table in await TablesAsync(source))
                moved.Add(await MoveAsync(source, target, transaction, table, cancel));
            await target.ExecuteAsync("SELECT setval(pg_get_serial_sequence('interaction', 'seq'), COALESCE((SELECT MAX(seq) FROM interaction), 0) + 1, FALSE)", transaction: transaction);
            return moved;
        }, cancel);
    }

    private static async Task<MovedTable> MoveAsync(DbConnection source, NpgsqlConnection target, DbTransaction transaction, string table, CancellationToken cancel)
    {
        var columns = (await target.QueryAsync<(string Name, string Type)>(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = @table ORDER BY ordinal_position",
            new { table }, transaction)).AsList();
        if (columns.Count == 0) throw new InvalidOperationException($"The target has no table {table}. Both sides must be of this version of Tutor.");
        var names = columns.Select(column => column.Name).ToList();
        var list = string.Join(", ", names.Select(name => $"\"{name}\""));
        await using (var writer = await target.BeginBinaryImportAsync($"COPY \"{table}\" ({list}) FROM STDIN (FORMAT BINARY)", cancel))
        {
            await using var read = source.CreateCommand();
            read.CommandText = $"SELECT {list} FROM \"{table}\"";
            await using var rows = await read.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                await writer.StartRowAsync(cancel);
                for (var i = 0; i < columns.Count; i++)
                    await WriteAsync(writer, rows, i, columns[i].Type, cancel);
            }
            await writer.CompleteAsync(cancel);
        }
        var (there, here) = (await TableChecksum.OfAsync(source, null, table, names, cancel), await TableChecksum.OfAsync(target, transaction, table, names, cancel));
        return there == here ? here : throw new InvalidOperationException($"Table {table} does not read the same: {there.Rows} rows in SQLite, {here.Rows} in PostgreSQL. Nothing was moved.");
    }

    private static Task WriteAsync(NpgsqlBinaryImporter writer, DbDataReader rows, int column, string type, CancellationToken cancel) =>
        rows.IsDBNull(column) ? writer.WriteNullAsync(cancel) : type switch
        {
            "boolean" => writer.WriteAsync(rows.GetInt64(column) != 0, NpgsqlDbType.Boolean, cancel),
            "integer" => writer.WriteAsync(checked((int)rows.GetInt64(column)), NpgsqlDbType.Integer, cancel),
            "bigint" => writer.WriteAsync(rows.GetInt64(column), NpgsqlDbType.Bigint, cancel),
            "double precision" => writer.WriteAsync(rows.GetDouble(column), NpgsqlDbType.Double, cancel),
            "text" => writer.WriteAsync(rows.GetString(column), NpgsqlDbType.Text, cancel),
            _ => throw new InvalidOperationException($"A column of type {type} cannot be moved yet. Add it to DatabaseMove.WriteAsync."),
        };

    // Tables that others point at come first. The search is made anew by the portal's next start, in the target's own way.
    private static async Task<IReadOnlyList<string>> TablesAsync(DbConnection source)
    {
        var tables = (await source.QueryAsync<string>(
            """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'interaction_search%' AND lower(name) <> 'schemaversions'
            ORDER BY name
            """)).AsList();
        var ordered = new List<string>();
        while (ordered.Count < tables.Count)
            foreach (var table in tables.Except(ordered).ToList())
            {
                var parents = await source.QueryAsync<string>("SELECT \"table\" FROM pragma_foreign_key_list(@table)", new { table });
                if (parents.All(parent => parent == table || ordered.Contains(parent)))
                    ordered.Add(table);
            }
        return ordered;
    }
}
