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

    public TempLedger()
    {
        if (((IXunitTestClass)TestContext.Current.TestClass!).Class.IsAssignableTo(typeof(IOnPostgres)))
        {
            Database = Database.OnPostgres(PostgresServer.Shared.CreateDatabase());
        }
        else
        {
            folder = Directory.CreateTempSubdirectory("tutor-ledger-").FullName;
            Database = new Database(Path.Combine(folder, "tutor.db"));
            Migrator.Migrate(Database);
        }
    }

    public Database Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }
}
