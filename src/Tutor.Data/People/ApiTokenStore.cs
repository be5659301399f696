using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Tutor.Core;

namespace Tutor.Data.People;

/// <summary>Tokens of the machine API. Only their SHA-256 is stored: 256 random bits need no salt and no slow hash.</summary>
/// <param name="most">How many working tokens one person may have.</param>
public sealed class ApiTokenStore(Database database, TimeProvider time, int most = ApiTokenStore.Most)
{
    public const int Most = 20;

    /// <summary>How long a token works when nothing else is said.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(180);

    // Tokens from before they had an end.
    private static readonly string works =
        $"revoked_at IS NULL AND COALESCE(expires_at, created_at + {(long)Usual.TotalMilliseconds}) > @now";

    private const string Prefix = "tutor_";
    private static readonly long lastUsedResolution = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);
    private long noNoteBefore;

    /// <exception cref="InvalidOperationException">The person has as many tokens as there may be.</exception>
    public async Task<IssuedToken> IssueAsync(string personId, string name, CancellationToken cancel) =>
        await TryIssueAsync(personId, name, Usual, cancel) ?? throw new InvalidOperationException($"{most} tokens of one person work already. Revoke one first.");

    /// <returns>Null where the person has as many tokens as there may be, or is suspended.</returns>
    public async Task<IssuedToken?> TryIssueAsync(string personId, string name, TimeSpan lasts, CancellationToken cancel)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var issued = new IssuedToken(TutorId.New(), secret);
        var values = new { issued.Id, personId, name, hash = Sha256.Of(secret), now = Now(), expires = Now() + (long)lasts.TotalMilliseconds, most };
        return await database.WriteAsync(async (connection, transaction) =>
        {
            // Two requests at once take turns, or both would find room for the last one.
            await connection.ExecuteAsync(Sql.In(transaction, "UPDATE person SET name = name WHERE id = @personId", values, cancel));
            return await connection.ExecuteAsync(Sql.In(transaction,
                $"""
                INSERT INTO api_token (id, person_id, name, hash, created_at, expires_at)
                SELECT @Id, p.id, @name, @hash, @now, @expires FROM person p
                WHERE p.id = @personId AND p.suspended_at IS NULL AND (SELECT COUNT(*) FROM api_token WHERE person_id = @personId AND {works}) < @most
                """, values, cancel)) == 1;
        }, cancel) ? issued : null;
    }

    /// <summary>The person a token stands for; null when it is unknown, revoked or at its end, or they are suspended.</summary>
    public async Task<Person?> FindPersonAsync(string secret, CancellationToken cancel)
    {
        var hash = Sha256.Of(secret);
        var found = await database.QuerySingleOrDefaultAsync<Holder>(
            $"""
            SELECT p.id, p.name, p.email, p.demo, p.created_at, t.last_used_at
            FROM (SELECT person_id, last_used_at FROM api_token WHERE hash = @hash AND {works}) t JOIN person p ON p.id = t.person_id
            WHERE p.suspended_at IS NULL
            """,
            new { hash, now = Now() }, cancel);
        // A request may come many times a second; the owner only wants to know whether the token is in use.
        if (found is not null && !(found.LastUsedAt > Now() - lastUsedResolution)) await NoteUseAsync(hash, cancel);
        return found;
    }

    // A full disk or a locked database keeps nobody out who may come in, and nobody waiting: reading goes on without the note.
    private async Task NoteUseAsync(string hash, CancellationToken cancel)
    {
        if (Now() < Interlocked.Read(ref noNoteBefore)) return;
        try
        {
            // SQLite waits for a lock on the thread that asks.
            await Task.Run(() => database.ExecuteAsync(
                "UPDATE api_token SET last_used_at = @now WHERE hash = @hash", new { hash, now = Now() }, CancellationToken.None), cancel).WaitAsync(patience, cancel);
        }
        catch (Exception error) when (error is DbException or TimeoutException)
        {
            Interlocked.Exchange(ref noNoteBefore, Now() + lastUsedResolution);
        }
    }

    /// <summary>Tokens of a person that still work, newest first.</summary>
    public Task<IReadOnlyList<ApiToken>> ListAsync(string personId, CancellationToken cancel) => database.QueryAsync<ApiToken>(
        $"""
        SELECT id, name, created_at, last_used_at, COALESCE(expires_at, created_at + {(long)Usual.TotalMilliseconds}) AS expires_at FROM api_token
        WHERE person_id = @personId AND {works}
        ORDER BY id DESC
        """,
        new { personId, now = Now() }, cancel);

    /// <returns>False when the person has no such working token.</returns>
    public async Task<bool> RevokeAsync(string id, string personId, CancellationToken cancel) => await database.ExecuteAsync(
        "UPDATE api_token SET revoked_at = @now WHERE id = @id AND person_id = @personId AND revoked_at IS NULL",
        new { id, personId, now = Now() }, cancel) == 1;

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record Holder : Person
    {
        public long? LastUsedAt { get; init; }
    }
}
