-- Where the nodes of a cluster find each other. Orleans asks this table for its statements by the names it documents for its
-- ADO.NET providers; tables and statements are ours. A change is written only together with the next version of the view.
CREATE TABLE cluster_view (
    deployment  $text$ PRIMARY KEY,
    version     INTEGER NOT NULL
);

CREATE TABLE cluster_node (
    deployment    $text$ NOT NULL REFERENCES cluster_view(deployment),
    address       $text$ NOT NULL,
    port          INTEGER NOT NULL,
    generation    INTEGER NOT NULL,
    name          $text$ NOT NULL,
    host          $text$ NOT NULL,
    status        INTEGER NOT NULL,
    proxy_port    INTEGER,
    suspicions    $text$,
    started_at    TIMESTAMPTZ NOT NULL,
    alive_at      TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (deployment, address, port, generation)
);

CREATE TABLE OrleansQuery (
    QueryKey   $text$ PRIMARY KEY,
    QueryText  $text$ NOT NULL
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', $$
    WITH made AS (
        INSERT INTO cluster_view (deployment, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT COUNT(*)::INTEGER FROM made $$),
('InsertMembershipKey', $$
    WITH next AS (
        UPDATE cluster_view SET version = version + 1 WHERE deployment = @DeploymentId AND version = @Version RETURNING 1),
    made AS (
        INSERT INTO cluster_node (deployment, address, port, generation, name, host, status, proxy_port, started_at, alive_at)
        SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM next
        ON CONFLICT DO NOTHING RETURNING 1)
    SELECT COUNT(*)::INTEGER FROM made $$),
('UpdateMembershipKey', $$
    WITH next AS (
        UPDATE cluster_view SET version = version + 1 WHERE deployment = @DeploymentId AND version = @Version RETURNING 1),
    changed AS (
        UPDATE cluster_node SET status = @Status, suspicions = @SuspectTimes, alive_at = @IAmAliveTime FROM next
        WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation RETURNING 1)
    SELECT COUNT(*)::INTEGER FROM changed $$),
('UpdateIAmAlivetimeKey', $$
    UPDATE cluster_node SET alive_at = @IAmAliveTime
    WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation $$),
('MembershipReadRowKey', $$
    SELECT v.deployment AS DeploymentId, n.address AS Address, n.port AS Port, n.generation AS Generation, n.name AS SiloName,
           n.host AS HostName, n.status AS Status, n.proxy_port AS ProxyPort, n.suspicions AS SuspectTimes,
           n.started_at AS StartTime, n.alive_at AS IAmAliveTime, v.version AS Version
    FROM cluster_view v
    LEFT JOIN cluster_node n ON n.deployment = v.deployment AND n.address = @Address AND n.port = @Port AND n.generation = @Generation
    WHERE v.deployment = @DeploymentId $$),
('MembershipReadAllKey', $$
    SELECT v.deployment AS DeploymentId, n.address AS Address, n.port AS Port, n.generation AS Generation, n.name AS SiloName,
           n.host AS HostName, n.status AS Status, n.proxy_port AS ProxyPort, n.suspicions AS SuspectTimes,
           n.started_at AS StartTime, n.alive_at AS IAmAliveTime, v.version AS Version
    FROM cluster_view v
    LEFT JOIN cluster_node n ON n.deployment = v.deployment
    WHERE v.deployment = @DeploymentId $$),
('GatewaysQueryKey', $$
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM cluster_node
    WHERE deployment = @DeploymentId AND status = @Status AND proxy_port > 0 $$),
-- 3 is an active node; everything else that has been silent for long is history.
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM cluster_node WHERE deployment = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3 $$),
('DeleteMembershipTableEntriesKey', $$
    WITH nodes AS (DELETE FROM cluster_node WHERE deployment = @DeploymentId)
    DELETE FROM cluster_view WHERE deployment = @DeploymentId $$);
