namespace Tutor.Runtime.ModelHosts;

/// <summary>The model hosts as all nodes together see them.</summary>
public sealed record HostOverview
{
    public IReadOnlyList<PooledHost> Hosts { get; init; } = [];

    /// <summary>Portal nodes that were heard of lately.</summary>
    public int Nodes { get; init; }

    /// <summary>Requests that wait in Tutor's own queue, all courses together.</summary>
    public int Queued { get; init; }

    /// <summary>What a request that comes in now waits for.</summary>
    public TimeSpan ExpectedWait { get; init; }
}
