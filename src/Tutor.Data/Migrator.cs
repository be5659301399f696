using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;

namespace Tutor.Data;

/// <summary>Brings the database to the current schema; safe to run at every start.</summary>
public static class Migrator
{
    /// <exception cref="InvalidOperationException">A script failed; the message names it.</exception>
    public static void Migrate(Database database)
    {
        using (var connection = new SqliteConnection(database.ConnectionString))
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL;");
        }
        var result = DeployChanges.To.SqliteDatabase(database.ConnectionString)
            .WithScriptsEmbeddedInAssembly(typeof(Migrator).Assembly, name => name.Contains(".Migrations.", StringComparison.Ordinal))
            .WithScriptNameComparer(Comparer<string>.Create((a, b) => string.CompareOrdinal(FileName(a), FileName(b))))
            .WithVariable("serial", "INTEGER PRIMARY KEY")
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }

    // "Tutor.Data.Migrations.common.0001_ledger.sql" sorts by its number, whatever folder it is in.
    private static string FileName(string resource) => resource.Split('.')[^2];
}
