using Tutor.Data;
using Tutor.Tests.Shared.Postgres;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Nodes;

/// <summary>Portal nodes on one PostgreSQL database behind a sticky proxy.</summary>
internal sealed class PortalCluster : IAsyncDisposable
{
    private readonly PostgresServer server;
    private readonly Dictionary<string, string> settings;
    private readonly List<PortalProcess> all = [];

    private PortalCluster(StickyProxy proxy, PostgresServer server, Dictionary<string, string> settings) =>
        (Proxy, this.server, this.settings) = (proxy, server, settings);

    public StickyProxy Proxy { get; }

    /// <summary>The nodes that should run; one that was killed stays here until it is replaced.</summary>
    public List<PortalProcess> Nodes { get; } = [];

    public static Task<PortalCluster> StartAsync(
        int nodes, CancellationToken cancel, IReadOnlyDictionary<string, string>? settings = null, PostgresServer? server = null) =>
        StartAsync([.. Enumerable.Repeat(Repository.PortalAssembly, nodes)], cancel, settings, server);

    /// <param name="assemblies">The built portal of each node.</param>
    public static async Task<PortalCluster> StartAsync(
        IReadOnlyList<string> assemblies, CancellationToken cancel, IReadOnlyDictionary<string, string>? settings = null, PostgresServer? server = null)
    {
        server ??= PostgresServer.Shared;
        var cluster = new PortalCluster(await StickyProxy.StartAsync(), server, new(settings ?? new Dictionary<string, string>())
        {
            ["Database:Url"] = server.CreateDatabase(migrated: false),
        });
        // All at once: they migrate, import the courses and find each other side by side.
        cluster.Nodes.AddRange(await Task.WhenAll(assemblies.Select(assembly => cluster.StartNodeAsync(assembly, cancel))));
        cluster.Proxy.SendTo(cluster.Nodes.Select(node => node.Address));
        return cluster;
    }

    public Database OpenDatabase() => Nodes[0].OpenDatabase();

    /// <summary>Starts a node in the place of one that has ended.</summary>
    public async Task ReplaceAsync(PortalProcess ended, CancellationToken cancel)
    {
        Nodes[Nodes.IndexOf(ended)] = await StartNodeAsync(Repository.PortalAssembly, cancel);
        Proxy.SendTo(Nodes.Select(node => node.Address));
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        foreach (var node in all)
        {
            await node.DisposeAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"The log of the node at {node.Address}:\n{node.Output}");
        }
        server.DropDatabase(settings["Database:Url"]);
    }

    private async Task<PortalProcess> StartNodeAsync(string assembly, CancellationToken cancel)
    {
        var node = await PortalProcess.StartAsync(cancel, settings, assembly: assembly);
        lock (all) all.Add(node);
        return node;
    }
}
