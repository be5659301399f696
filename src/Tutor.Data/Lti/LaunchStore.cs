using Dapper;
using Tutor.Data.People;

namespace Tutor.Data.Lti;

/// <summary>What a launch leaves between its requests and after them. In the database, since any node may get the second request.</summary>
public sealed class LaunchStore(Database database, TimeProvider time)
{
    private static readonly long validity = (long)TimeSpan.FromMinutes(10).TotalMilliseconds;

    /// <param name="state">The secret that comes back with the token; only its hash is kept.</param>
    public Task BeginAsync(string state, PendingLaunch launch, CancellationToken cancel) => database.ExecuteAsync(
        """
        DELETE FROM lti_launch WHERE expires_at < @now;
        INSERT INTO lti_launch (state_hash, nonce, platform, target, expires_at) VALUES (@hash, @Nonce, @Platform, @Target, @until)
        """,
        new { hash = Sha256.Of(state), launch.Nonce, launch.Platform, launch.Target, now = Now(), until = Now() + validity }, cancel);

    /// <summary>Takes a launch away: of two requests with one state, one gets it.</summary>
    /// <returns>Null where it was used before, is too old, or never was.</returns>
    public Task<PendingLaunch?> TakeAsync(string state, CancellationToken cancel) => database.WriteAsync((connection, transaction) =>
        connection.QuerySingleOrDefaultAsync<PendingLaunch>(Sql.In(transaction,
            "DELETE FROM lti_launch WHERE state_hash = @hash AND expires_at >= @now RETURNING nonce, platform, target",
            new { hash = Sha256.Of(state), now = Now() }, cancel)), cancel);

    /// <summary>Remembers where a platform keeps the names of a course.</summary>
    public Task LinkAsync(string courseId, LinkedContext context, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO lti_context (course_id, platform, context_id, memberships_url, seen_at) VALUES (@courseId, @Platform, @ContextId, @MembershipsUrl, @now)
        ON CONFLICT (course_id, platform, context_id) DO UPDATE SET memberships_url = excluded.memberships_url, seen_at = excluded.seen_at
        """,
        new { courseId, context.Platform, context.ContextId, context.MembershipsUrl, now = Now() }, cancel);

    /// <returns>The platforms' courses behind a course; none for anyone but its instructors.</returns>
    public Task<IReadOnlyList<LinkedContext>> LinkedAsync(string courseId, Viewer viewer, CancellationToken cancel) => database.QueryAsync<LinkedContext>(
        """
        SELECT l.platform, l.context_id, l.memberships_url FROM lti_context l
        JOIN membership m ON m.course_id = l.course_id AND m.person_id = @viewer AND m.role = 'instructor'
        WHERE l.course_id = @courseId ORDER BY l.platform, l.context_id
        """,
        new { courseId, viewer = viewer.PersonId }, cancel);

    /// <summary>Keys made since then, newest first.</summary>
    public Task<IReadOnlyList<StoredKey>> KeysAsync(DateTimeOffset since, CancellationToken cancel) => database.QueryAsync<StoredKey>(
        "SELECT id, secret, created_at FROM lti_key WHERE created_at >= @since ORDER BY created_at DESC, id DESC",
        new { since = since.ToUnixTimeMilliseconds() }, cancel);

    public Task AddKeyAsync(string id, string secret, CancellationToken cancel) => database.ExecuteAsync(
        "INSERT INTO lti_key (id, secret, created_at) VALUES (@id, @secret, @now)", new { id, secret, now = Now() }, cancel);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
