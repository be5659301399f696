using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Tutor.Core;

namespace Tutor.Data.Sessions;

/// <summary>Sign-ins and what ended them. The secret in the cookie is stored as its SHA-256 alone, like a token of the API.</summary>
public sealed class SessionStore(Database database, TimeProvider time)
{
    private static readonly long seenResolution = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;
    private static readonly long kept = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    /// <returns>The secret; null for somebody who is suspended.</returns>
    public Task<string?> BeginAsync(string personId, string way, string browser, TimeSpan lasts, CancellationToken cancel) =>
        database.WriteAsync<string?>(async (connection, transaction) =>
        {
            var (secret, now) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), Now());
            await connection.ExecuteAsync(Sql.In(transaction, "DELETE FROM session WHERE person_id = @personId AND ends_at < @old", new { personId, old = now - kept }, cancel));
            var places = Places(await connection.QueryAsync<Place>(Sql.In(transaction,
                "SELECT course_id, role FROM membership WHERE person_id = @personId", new { personId }, cancel)));
            return await connection.ExecuteAsync(Sql.In(transaction,
                """
                INSERT INTO session (id, person_id, hash, way, browser, places, created_at, seen_at, ends_at)
                SELECT @id, p.id, @hash, @way, @browser, @places, @now, @now, @ends FROM person p WHERE p.id = @personId AND p.suspended_at IS NULL
                """,
                new { id = TutorId.New(), personId, hash = Sha256.Of(secret), way, browser, places, now, ends = now + (long)lasts.TotalMilliseconds }, cancel)) == 1 ? secret : null;
        }, cancel);

    /// <summary>Whether a session still holds; ends it where its person has lost a role since it was looked at last.</summary>
    public async Task<bool> HoldsAsync(string secret, CancellationToken cancel)
    {
        var (hash, now) = (Sha256.Of(secret), Now());
        var rows = await database.QueryAsync<Row>(
            """
            SELECT s.id, s.places, s.seen_at, m.course_id, m.role
            FROM session s JOIN person p ON p.id = s.person_id LEFT JOIN membership m ON m.person_id = s.person_id
            WHERE s.hash = @hash AND s.ended_at IS NULL AND s.ends_at > @now AND p.suspended_at IS NULL
            """,
            new { hash, now }, cancel);
        if (rows is not [var session, ..]) return false;
        var has = rows.Where(row => row.CourseId is not null).Select(row => new Place(row.CourseId!, row.Role!)).ToList();
        var places = Places(has);
        if (places != session.Places && HasLost(session.Places, has))
        {
            await EndAsync("s.id = @id", new { id = session.Id, now, why = SessionEnd.RoleLost }, cancel);
            return false;
        }
        if (places != session.Places || now - session.SeenAt >= seenResolution)
            await NoteAsync(session.Id, places, now, cancel);
        return true;
    }

    /// <summary>The session of a cookie ends.</summary>
    public Task SignOutAsync(string secret, CancellationToken cancel) =>
        EndAsync("s.hash = @hash", new { hash = Sha256.Of(secret), now = Now(), why = SessionEnd.SignOut }, cancel);

    /// <summary>A person's sessions that hold, the one seen last first.</summary>
    public Task<IReadOnlyList<Session>> ListAsync(string personId, CancellationToken cancel) => database.QueryAsync<Session>(
        """
        SELECT id, way, browser, created_at, seen_at, ends_at FROM session
        WHERE person_id = @personId AND ended_at IS NULL AND ends_at > @now
        ORDER BY seen_at DESC, id DESC
        """,
        new { personId, now = Now() }, cancel);

    /// <summary>The id of the session of a cookie, so that its owner finds it in the list.</summary>
    public Task<string?> FindIdAsync(string secret, CancellationToken cancel) =>
        database.QuerySingleOrDefaultAsync<string>("SELECT id FROM session WHERE hash = @hash", new { hash = Sha256.Of(secret) }, cancel);

    /// <returns>False when the person has no such session.</returns>
    public async Task<bool> RevokeAsync(string id, string personId, CancellationToken cancel) =>
        await EndAsync("s.id = @id AND s.person_id = @personId", new { id, personId, now = Now(), why = SessionEnd.Revoked }, cancel) == 1;

    /// <summary>Ends all sessions of a person but one.</summary>
    /// <returns>How many ended.</returns>
    public Task<int> RevokeOthersAsync(string keptId, string personId, CancellationToken cancel) =>
        EndAsync("s.id <> @keptId AND s.person_id = @personId", new { keptId, personId, now = Now(), why = SessionEnd.Revoked }, cancel);

    private Task<int> EndAsync(string which, object parameters, CancellationToken cancel) => database.ExecuteAsync(
        $"UPDATE session AS s SET ended_at = @now, ended_why = @why WHERE {which} AND s.ended_at IS NULL", parameters, cancel);

    // That a session was seen is good to know; a database that takes no more writes must not lock everybody out.
    private async Task NoteAsync(string id, string places, long now, CancellationToken cancel)
    {
        try
        {
            await database.ExecuteAsync("UPDATE session SET seen_at = @now, places = @places WHERE id = @id", new { id, places, now }, cancel);
        }
        catch (DbException)
        {
            // It is noted the next time.
        }
    }

    private static string Places(IEnumerable<Place> has) => string.Join('\n', has.Select(place => $"{place.CourseId} {place.Role}").Order(StringComparer.Ordinal));

    // Gaining is no loss: a student who becomes a TA goes on.
    private static bool HasLost(string before, IReadOnlyCollection<Place> has)
    {
        var now = has.ToDictionary(place => place.CourseId, place => place.Role, StringComparer.Ordinal);
        return before.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(place => (Course: place[..place.LastIndexOf(' ')], Role: place[(place.LastIndexOf(' ') + 1)..]))
            .Any(had => !now.TryGetValue(had.Course, out var role) || (role != had.Role && !(Rank(had.Role) < Rank(role))));
    }

    // The contact for messages of distress reads what nobody else does, so becoming one or ceasing to be one is never a gain alone.
    private static double Rank(string role) => role switch
    {
        Core.People.Role.Student => 1, Core.People.Role.Ta => 2, Core.People.Role.Instructor => 3, _ => double.NaN,
    };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed record Place(string CourseId, string Role);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Places { get; init; } = "";
        public long SeenAt { get; init; }
        public string? CourseId { get; init; }
        public string? Role { get; init; }
    }
}
