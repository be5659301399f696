using System.Data.Common;
using DbUp.Builder;

namespace Tutor.Data.Engines;

/// <summary>Where the two databases differ besides their SQL: opening connections, write transactions, and the upgrade of the schema.</summary>
internal interface IDatabaseEngine : IDisposable
{
    Dialect Dialect { get; }

    /// <summary>Tells people which database it is; carries no password.</summary>
    string Name { get; }

    Task<DbConnection> OpenAsync(CancellationToken cancel);

    /// <summary>Reads over a connection of its own, again where the database went away meanwhile.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel);

    Task<T> WriteAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work, Durability durability, Repeatable repeatable, CancellationToken cancel);

    /// <summary>The scripts that were run on it, oldest first; none on a new one. Changes nothing.</summary>
    /// <exception cref="DatabaseRefusedException">Nothing can be read from it.</exception>
    IReadOnlyList<string> AppliedScripts();

    /// <summary>Runs an upgrade while no other process can run one.</summary>
    /// <exception cref="DatabaseRefusedException">It cannot be written to.</exception>
    void Upgrade(Action<UpgradeEngineBuilder> upgrade);

    /// <summary>Takes what was deleted out of the files that the engine keeps beside its tables, as far as it can.</summary>
    Task ForgetDeletedAsync(CancellationToken cancel);
}
