using Dapper;

namespace Tutor.Data.Sessions;

/// <summary>What the directory said about people when it was asked last, for all nodes.</summary>
public sealed class DirectoryGrants(Database database, TimeProvider time)
{
    public Task<DirectoryGrant?> FindAsync(string personId, CancellationToken cancel) => database.QuerySingleOrDefaultAsync<DirectoryGrant>(
        "SELECT subject, secret, checked_at, refused_at FROM directory_grant WHERE person_id = @personId", new { personId }, cancel);

    /// <summary>Somebody has just signed in: the directory vouches for them, and gave this to ask it again. Null where it gave nothing.</summary>
    public Task KeepAsync(string personId, string subject, string? secret, CancellationToken cancel) => secret is null
        ? database.ExecuteAsync("DELETE FROM directory_grant WHERE person_id = @personId", new { personId }, cancel)
        : database.ExecuteAsync(
            """
            INSERT INTO directory_grant (person_id, subject, secret, checked_at) VALUES (@personId, @subject, @secret, @now)
            ON CONFLICT (person_id) DO UPDATE SET subject = excluded.subject, secret = excluded.secret, checked_at = excluded.checked_at, refused_at = NULL
            """,
            new { personId, subject, secret, now = Now() }, cancel);

    /// <summary>Takes the next question to the directory upon oneself.</summary>
    /// <returns>False where another request or node has done so.</returns>
    public async Task<bool> ClaimAsync(string personId, DirectoryGrant grant, CancellationToken cancel) => await database.ExecuteAsync(
        "UPDATE directory_grant SET checked_at = @now WHERE person_id = @personId AND checked_at = @CheckedAt AND refused_at IS NULL",
        new { personId, grant.CheckedAt, now = Now() }, cancel) == 1;

    /// <summary>The directory vouches, and gave a new secret for the old one.</summary>
    public Task RenewAsync(string personId, DirectoryGrant grant, string secret, CancellationToken cancel) => database.ExecuteAsync(
        "UPDATE directory_grant SET secret = @secret WHERE person_id = @personId AND secret = @old",
        new { personId, secret, old = grant.Secret }, cancel);

    /// <summary>The directory does not vouch any more: sessions end, and tokens rest until it lets the person in again.</summary>
    public Task RefuseAsync(string personId, DirectoryGrant grant, CancellationToken cancel) => database.WriteAsync(async (connection, transaction) =>
    {
        // Not where they have signed in meanwhile.
        if (await connection.ExecuteAsync(Sql.In(transaction,
            "UPDATE directory_grant SET refused_at = @now, secret = '' WHERE person_id = @personId AND secret = @Secret",
            new { personId, grant.Secret, now = Now() }, cancel)) == 1)
            await connection.ExecuteAsync(Sql.In(transaction,
                "UPDATE session SET ended_at = @now, ended_why = @why WHERE person_id = @personId AND ended_at IS NULL",
                new { personId, why = SessionEnd.Directory, now = Now() }, cancel));
    }, cancel);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
