using Tutor.Data.People;

namespace Tutor.Data.ModelHosts;

/// <summary>Which model hosts are out of the pool, for all nodes and across restarts.</summary>
public sealed class HostSwitches(Database database, TimeProvider time)
{
    public Task<IReadOnlyList<HostOut>> OutAsync(CancellationToken cancel) => database.QueryAsync<HostOut>(
        """
        SELECT o.host, o.since, COALESCE(p.name, o.person_id) AS "by"
        FROM model_host_out o LEFT JOIN person p ON p.id = o.person_id
        ORDER BY o.host
        """,
        null, cancel);

    /// <summary>The host gets no new answers to write; who took it out first stays on record.</summary>
    public Task TakeOutAsync(string host, Viewer by, CancellationToken cancel) => database.ExecuteAsync(
        "INSERT INTO model_host_out (host, person_id, since) VALUES (@host, @person, @now) ON CONFLICT (host) DO NOTHING",
        new { host, person = by.PersonId, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, cancel);

    public Task PutBackAsync(string host, CancellationToken cancel) =>
        database.ExecuteAsync("DELETE FROM model_host_out WHERE host = @host", new { host }, cancel);
}
