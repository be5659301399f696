using System.Data.Common;
using Dapper;

namespace Tutor.Data;

internal static class Sql
{
    /// <summary>A statement of a running transaction; null outside one.</summary>
    public static CommandDefinition In(DbTransaction? transaction, string text, object? parameters, CancellationToken cancel) =>
        new(text, parameters, transaction, cancellationToken: cancel);
}
