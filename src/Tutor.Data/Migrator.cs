using DbUp.Builder;
using DbUp.Engine.Output;
using Tutor.Data.Migrations;

namespace Tutor.Data;

/// <summary>Brings the database to the current schema; safe to run at every start, and on several nodes at once.</summary>
/// <remarks>
/// Scripts lie in <c>Migrations/common</c>, <c>sqlite</c> and <c>postgres</c> and run in the order of their numbers. The common
/// ones write <c>$text$</c> for every text column and <c>$serial$</c> for the key that counts up. A dollar sign
/// around a word is a variable here: PostgreSQL's own quoting is written with two empty dollars.
/// </remarks>
public static class Migrator
{
    /// <exception cref="InvalidOperationException">A script failed; the message names it.</exception>
    public static void Migrate(Database database)
    {
        var folders = new[] { ".Migrations.common.", $".Migrations.{database.Dialect.ToString().ToLowerInvariant()}." };
        database.Engine.Upgrade(builder => Run(builder, folders));
    }

    private static void Run(UpgradeEngineBuilder builder, string[] folders)
    {
        var result = builder
            .WithScriptsEmbeddedInAssembly(typeof(Migrator).Assembly, name => folders.Any(folder => name.Contains(folder, StringComparison.Ordinal)))
            .WithScript("Tutor.Data.Migrations.code.0077_names.cs", new CleanNames())
            .WithScriptNameComparer(Comparer<string>.Create((a, b) => string.CompareOrdinal(FileName(a), FileName(b))))
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
