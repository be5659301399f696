using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.ModelHosts;

/// <summary>Which model hosts are out of the pool, for all nodes and across restarts. Each change is in the audit log.</summary>
public sealed class HostSwitches(Database database, AuditLog audit, TimeProvider time)
{
    public Task<IReadOnlyList<HostOut>> OutAsync(CancellationToken cancel) => database.QueryAsync<HostOut>(
        """
        SELECT o.host, o.since, COALESCE(p.name, o.person_id) AS "by"
        FROM model_host_out o LEFT JOIN person p ON p.id = o.person_id
        ORDER BY o.host
        """,
        null, cancel);

    /// <summary>The host gets no new answers to write; who took it out first stays on record.</summary>
    public Task TakeOutAsync(string host, Viewer by, CancellationToken cancel) => audit.ExecuteAsync(
        "INSERT INTO model_host_out (host, person_id, since) VALUES (@host, @person, @now) ON CONFLICT (host) DO NOTHING",
        new { host, person = by.PersonId, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, Changed(host, by, "taken out"), cancel);

    public Task PutBackAsync(string host, Viewer by, CancellationToken cancel) =>
        audit.ExecuteAsync("DELETE FROM model_host_out WHERE host = @host", new { host }, Changed(host, by, "put back"), cancel);

    /// <summary>The last changes, newest first.</summary>
    public Task<IReadOnlyList<HostSwitch>> LatelyAsync(int count, CancellationToken cancel) => database.QueryAsync<HostSwitch>(
        """
        SELECT a.object_id AS host, a.at, a.detail AS what, COALESCE(p.name, a.actor_id) AS "by"
        FROM audit a LEFT JOIN person p ON p.id = a.actor_id
        WHERE a.course_id IS NULL AND a.object = @host
        ORDER BY a.seq DESC LIMIT @count
        """,
        new { host = AuditObject.ModelHost, count }, cancel);

    private static AuditEvent Changed(string host, Viewer by, string what) => new(by, null, AuditAction.Changed, AuditObject.ModelHost, host, what);
}
