using Dapper;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Sessions;

/// <summary>What operators do with people who sign in. The pages ask whether somebody is an operator; each change is in the audit log.</summary>
public sealed class AccountStore(Database database, AuditLog audit, TimeProvider time)
{
    /// <summary>People whose name, address, sign-in name or id has these words in it, by name.</summary>
    public Task<IReadOnlyList<Account>> FindAsync(string words, int count, CancellationToken cancel) => database.QueryAsync<Account>(
        $"""
        SELECT {Columns} FROM person
        WHERE LOWER(name) LIKE @like ESCAPE '!' OR LOWER(email) LIKE @like ESCAPE '!' OR login LIKE @like ESCAPE '!' OR id = @words
        ORDER BY name, id LIMIT @count
        """,
        new { words, like = $"%{words.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%", count }, cancel);

    public Task<IReadOnlyList<Account>> SuspendedAsync(int count, CancellationToken cancel) => database.QueryAsync<Account>(
        $"SELECT {Columns} FROM person WHERE suspended_at IS NOT NULL ORDER BY suspended_at DESC, id LIMIT @count", new { count }, cancel);

    public Task<Account?> OpenAsync(string personId, CancellationToken cancel) =>
        database.QuerySingleOrDefaultAsync<Account>($"SELECT {Columns} FROM person WHERE id = @personId", new { personId }, cancel);

    /// <summary>Ends all sessions and tokens of a person, who cannot come in again until <see cref="LetInAsync"/>.</summary>
    public Task SuspendAsync(string personId, string why, Viewer by, CancellationToken cancel) => database.WriteAsync(async (connection, transaction) =>
    {
        var values = new { personId, why, end = SessionEnd.Suspended, now = Now() };
        if (await connection.ExecuteAsync(Sql.In(transaction,
            "UPDATE person SET suspended_at = @now, suspended_why = @why WHERE id = @personId AND suspended_at IS NULL", values, cancel)) == 0)
            return;
        await connection.ExecuteAsync(Sql.In(transaction,
            "UPDATE session SET ended_at = @now, ended_why = @end WHERE person_id = @personId AND ended_at IS NULL", values, cancel));
        await connection.ExecuteAsync(Sql.In(transaction,
            "UPDATE api_token SET revoked_at = @now WHERE person_id = @personId AND revoked_at IS NULL", values, cancel));
        await audit.WriteAsync(connection, transaction, Changed(personId, by, "suspended"), cancel);
    }, cancel);

    public Task LetInAsync(string personId, Viewer by, CancellationToken cancel) => audit.ExecuteAsync(
        "UPDATE person SET suspended_at = NULL, suspended_why = NULL WHERE id = @personId AND suspended_at IS NOT NULL",
        new { personId }, Changed(personId, by, "let in again"), cancel);

    /// <summary>Ends a session of somebody else.</summary>
    public Task EndSessionAsync(string personId, string id, Viewer by, CancellationToken cancel) => audit.ExecuteAsync(
        "UPDATE session SET ended_at = @now, ended_why = @why WHERE id = @id AND person_id = @personId AND ended_at IS NULL",
        new { id, personId, why = SessionEnd.Revoked, now = Now() }, Changed(personId, by, "a session ended"), cancel);

    /// <summary>Ends a token of somebody else.</summary>
    public Task RevokeTokenAsync(string personId, string id, Viewer by, CancellationToken cancel) => audit.ExecuteAsync(
        "UPDATE api_token SET revoked_at = @now WHERE id = @id AND person_id = @personId AND revoked_at IS NULL",
        new { id, personId, now = Now() }, Changed(personId, by, "a token revoked"), cancel);

    private const string Columns = "id, name, email, login, suspended_at, suspended_why";

    private static AuditEvent Changed(string personId, Viewer by, string what) => new(by, null, AuditAction.Changed, AuditObject.Account, personId, what);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
