using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Tutor.Core;

namespace Tutor.Data.People;

/// <summary>Tokens of the machine API. Only their SHA-256 is stored: 256 random bits need no salt and no slow hash.</summary>
public sealed class ApiTokenStore(Database database, TimeProvider time)
{
    private const string Prefix = "tutor_";
    private static readonly long lastUsedResolution = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(1);
    private long noNoteBefore;

    public async Task<IssuedToken> IssueAsync(string personId, string name, CancellationToken cancel)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var issued = new IssuedToken(TutorId.New(), secret);
        await database.ExecuteAsync(
            "INSERT INTO api_token (id, person_id, name, hash, created_at) VALUES (@Id, @personId, @name, @hash, @now)",
            new { issued.Id, personId, name, hash = Sha256.Of(secret), now = Now() }, cancel);
        return issued;
    }

    /// <summary>The person a token stands for; null when it is unknown or revoked.</summary>
    public async Task<Person?> FindPersonAsync(string secret, CancellationToken cancel)
    {
        var hash = Sha256.Of(secret);
        var found = await database.QuerySingleOrDefaultAsync<Holder>(
            """
            SELECT p.id, p.name, p.email, p.demo, p.created_at, t.last_used_at
            FROM api_token t JOIN person p ON p.id = t.person_id
            WHERE t.hash = @hash AND t.revoked_at IS NULL
            """,
            new { hash }, cancel);
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
        """
        SELECT id, name, created_at, last_used_at FROM api_token
        WHERE person_id = @personId AND revoked_at IS NULL
        ORDER BY id DESC
        """,
        new { personId }, cancel);

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
