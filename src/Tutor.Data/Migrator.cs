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
    private const string CodeScript = "Tutor.Data.Migrations.code.0077_names.cs";

    /// <exception cref="DatabaseRefusedException">The database is newer than this version, damaged, no database of Tutor's, or not to be written. It is as it was.</exception>
    /// <exception cref="InvalidOperationException">A script failed; the message names it.</exception>
    public static void Migrate(Database database)
    {
        var folders = new[] { ".Migrations.common.", $".Migrations.{database.Dialect.ToString().ToLowerInvariant()}." };
        var scripts = typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => folders.Any(folder => name.Contains(folder, StringComparison.Ordinal))).Append(CodeScript).ToHashSet();
        // A script that a later version ran may have changed what this one relies on.
        if (database.Engine.AppliedScripts().FirstOrDefault(applied => !scripts.Contains(applied)) is { } unknown)
            throw new DatabaseRefusedException(
                $"The database {database.Engine.Name} was used by a newer version of Tutor (it has the migration {FileName(unknown)}, which this version does not know). "
                + "Start that version again, or bring back the backup from before the upgrade (deploy/README.md, Upgrading).");
        database.Engine.Upgrade(builder => Run(builder, scripts));
    }

    private static void Run(UpgradeEngineBuilder builder, HashSet<string> scripts)
    {
        var result = builder
            .WithScriptsEmbeddedInAssembly(typeof(Migrator).Assembly, scripts.Contains)
            .WithScript(CodeScript, new CleanNames())
            .WithScriptNameComparer(Comparer<string>.Create((a, b) => string.CompareOrdinal(FileName(a), FileName(b))))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }

    // "Tutor.Data.Migrations.common.0001_ledger.sql" sorts by its number, whatever folder it is in.
    private static string FileName(string resource) => resource.Split('.') is { Length: > 1 } parts ? parts[^2] : resource;
}
