using Tutor.Data;
using Tutor.Tests.Shared.Postgres;
using Xunit.v3;

namespace Tutor.UnitTests.Data;

/// <summary>Marks a class of tests that runs on PostgreSQL; all others run on SQLite.</summary>
internal interface IOnPostgres;

/// <summary>A database of one test's own, gone with it: on the engine the test's class names.</summary>
internal sealed class TempLedger : IDisposable
{
    private readonly string? folder;

    /// <param name="empty">Without the schema, to be filled by what the test tries.</param>
    public TempLedger(bool empty = false)
    {
        if (((IXunitTestClass)TestContext.Current.TestClass!).Class.IsAssignableTo(typeof(IOnPostgres)))
        {
            Address = PostgresServer.Shared.CreateDatabase(migrated: !empty);
            Database = Database.OnPostgres(Address);
        }
        else
        {
            folder = Directory.CreateTempSubdirectory("tutor-ledger-").FullName;
            Address = Path.Combine(folder, "tutor.db");
            Database = new Database(Address);
            if (!empty) Migrator.Migrate(Database);
        }
    }

    public Database Database { get; }

    /// <summary>The URL or the file.</summary>
    public string Address { get; }

    public void Dispose()
    {
        Database.Dispose();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }
}
