using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Tutor.Data;

namespace Tutor.Runtime.Nodes;

/// <summary>The silo of this process: alone beside its SQLite file, or one of several that find each other in PostgreSQL.</summary>
internal static class SiloSetup
{
    private const string Cluster = "tutor";

    /// <exception cref="InvalidOperationException">Nodes are to reach each other, but each would have a database of its own.</exception>
    public static void Configure(ISiloBuilder silo)
    {
        var database = silo.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        var node = silo.Configuration.GetSection(NodeOptions.Section).Get<NodeOptions>() ?? new NodeOptions();
        if (database.IsPostgres) UsePostgres(silo, database, node);
        else if (node.Address is not null || node.Port is not null)
            throw new InvalidOperationException(
                "The section Node lets several nodes work together, and they need one database: set Database:Url to a PostgreSQL database, "
                + "or take the section Node out to run on one machine with SQLite.");
        else silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: Cluster, clusterId: Cluster);
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // A dead node is noticed within three seconds.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            // Orleans stretches it where this node itself is busy, to four seconds unless told otherwise.
            options.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
            options.NumMissedProbesLimit = 2;
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            // Default a minute; a process that was stopped and woke up must learn soon that it was declared dead.
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.DefunctSiloExpiration = TimeSpan.FromMinutes(5);
        });
    }

    private static void UsePostgres(ISiloBuilder silo, DatabaseOptions database, NodeOptions node)
    {
        var address = IPAddress.Loopback;
        if (node.Address is { } text && !IPAddress.TryParse(text, out address!))
            throw new InvalidOperationException($"Node:Address must be an IP address of this machine that the other nodes reach, and \"{text}\" is none.");
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database.ToPostgresConnection()));
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (Cluster, Cluster));
        silo.ConfigureEndpoints(address, node.Port ?? FreePort(), gatewayPort: 0);
    }

    // Chosen free, so that two instances on one machine do not clash.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
