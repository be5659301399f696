using Dapper;
using Tutor.Data.People;

namespace Tutor.Data.Lti;

/// <summary>What launches leave behind. In the database, since any node may get the next request.</summary>
public sealed class LaunchStore(Database database, TimeProvider time)
{
    /// <summary>Marks a launch as used: of two requests with one nonce, one gets it.</summary>
    /// <param name="validity">How long the nonce could be used again; after that it is forgotten.</param>
    /// <returns>False where it was used before.</returns>
    public Task<bool> UseAsync(string nonce, TimeSpan validity, CancellationToken cancel) => database.WriteAsync(async (connection, transaction) =>
    {
        await connection.ExecuteAsync(Sql.In(transaction, "DELETE FROM lti_used_nonce WHERE expires_at < @now", new { now = Now() }, cancel));
        return await connection.ExecuteAsync(Sql.In(transaction,
            "INSERT INTO lti_used_nonce (nonce, expires_at) VALUES (@nonce, @until) ON CONFLICT DO NOTHING",
            new { nonce, until = Now() + (long)validity.TotalMilliseconds }, cancel)) == 1;
    }, cancel);

    /// <summary>Remembers where a platform keeps the names of a course.</summary>
    public Task LinkAsync(string courseId, LinkedContext context, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO lti_context (course_id, platform, context_id, memberships_url, seen_at) VALUES (@courseId, @Platform, @ContextId, @MembershipsUrl, @now)
        ON CONFLICT (course_id, platform, context_id) DO UPDATE SET memberships_url = excluded.memberships_url, seen_at = excluded.seen_at
        """,
        new { courseId, context.Platform, context.ContextId, context.MembershipsUrl, now = Now() }, cancel);

    /// <summary>Takes away the place that a launch gave somebody whom the platform does not name as one of the course any more.</summary>
    public Task TakePlaceAsync(string courseId, string subject, CancellationToken cancel) => database.ExecuteAsync(
        """
        DELETE FROM membership
        WHERE course_id = @courseId AND source = 'lti' AND person_id IN (SELECT person_id FROM person_identity WHERE subject = @subject)
        """,
        new { courseId, subject }, cancel);

    /// <summary>Remembers that a platform's course named a person, and as what.</summary>
    public Task NameAsync(string courseId, string platform, string contextId, string personId, string role, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO lti_member (course_id, platform, context_id, person_id, role)
        SELECT c.id, @platform, @contextId, @personId, @role FROM course c WHERE c.id = @courseId
        ON CONFLICT (course_id, platform, context_id, person_id) DO UPDATE SET role = excluded.role
        """,
        new { courseId, platform, contextId, personId, role }, cancel);

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
