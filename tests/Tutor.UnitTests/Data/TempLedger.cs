using Tutor.Data;

namespace Tutor.UnitTests.Data;

/// <summary>A database of one test's own, gone with it.</summary>
internal sealed class TempLedger : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tutor-ledger-").FullName;

    public TempLedger()
    {
        Database = new Database(Path.Combine(folder, "tutor.db"));
        Migrator.Migrate(Database);
    }

    public Database Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
