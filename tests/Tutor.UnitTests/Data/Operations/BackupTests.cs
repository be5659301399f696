using Tutor.Core.Interactions;
using Tutor.Data;

namespace Tutor.UnitTests.Data.Operations;

/// <summary>The scripts in deploy/ as an operator runs them.</summary>
public abstract class BackupTests : IDisposable
{
    public sealed class OnSqlite : BackupTests;
    public sealed class OnPostgres : BackupTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-backup-");

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_restored_backup_has_every_row_and_goes_on_with_what_was_not_answered()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (answered, attempt) = await file.RunAsync(cancel);
        await file.Ledger.FinishAsync(LedgerFile.Finished(answered, attempt), cancel);
        var open = await file.AskAsync(cancel);
        var backup = Path.Combine(folder.FullName, "tutor.backup");

        await RunAsync("backup.sh", WithSettings(file.Address), backup);
        await file.AskAsync(cancel);
        using var restored = new TempLedger(empty: true);
        await RunAsync("restore.sh", backup, WithSettings(restored.Address));

        Migrator.Migrate(restored.Database);
        Assert.Equal(
            [(answered, InteractionState.Done, "Look at the empty list."), (open, InteractionState.Queued, "")],
            await restored.Database.QueryAsync<(string, string, string)>("SELECT id, state, COALESCE(answer, '') FROM interaction ORDER BY id", null, cancel));
        foreach (var table in new[] { "person", "membership", "course_version", "passage", "interaction_step", "verdict", "flag", "interaction_search", "schemaversions" })
            Assert.Equal(
                (table, await file.CountAsync(table, cancel)),
                (table, await restored.Database.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {table}", null, cancel)));
    }

    [Fact]
    public async Task A_backup_holds_no_key_with_which_a_sign_in_could_be_forged()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await file.Database.ExecuteAsync("INSERT INTO dp_key (id, xml) VALUES ('k', 'key-of-sign-ins'); INSERT INTO lti_key (id, secret, created_at) VALUES ('k', 'key-of-platforms', 0);", null, cancel);
        var backup = Path.Combine(folder.FullName, "it's a.backup");

        await RunAsync("backup.sh", file.Address, backup);
        using var restored = new TempLedger(empty: true);
        await RunAsync("restore.sh", backup, restored.Address);

        Assert.Equal(-1, (await File.ReadAllBytesAsync(backup, cancel)).AsSpan().IndexOf("key-of-"u8));
        Assert.Equal(0, await restored.Database.QuerySingleOrDefaultAsync<long>("SELECT (SELECT COUNT(*) FROM dp_key) + (SELECT COUNT(*) FROM lti_key)", null, cancel));
        Assert.Equal(2, await file.CountAsync("dp_key", cancel) + await file.CountAsync("lti_key", cancel));
    }

    [Fact]
    public async Task Neither_a_backup_nor_a_database_is_ever_overwritten()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var backup = Path.Combine(folder.FullName, "tutor.backup");
        await RunAsync("backup.sh", file.Address, backup);

        var again = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("backup.sh", file.Address, backup));
        var over = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("restore.sh", backup, file.Address));

        Assert.Contains("Name a new file", again.Message, StringComparison.Ordinal);
        Assert.Matches("Move it away first|Make an empty one", over.Message);
    }

    // As a node's Database:Url may be; PostgreSQL's own programs know these names and letters not.
    private static string WithSettings(string address) =>
        address.StartsWith("postgres:", StringComparison.Ordinal) ? $"{address}?sslmode=Prefer&Maximum Pool Size=5" : address;

    private Task RunAsync(string script, params string[] arguments) => Scripts.RunAsync(script, cancel, arguments);
}
