using Orleans.Concurrency;

namespace Tutor.Runtime.ModelHosts;

/// <summary>The last word of every node on the model hosts. In memory only: a few seconds later every node has said it again.</summary>
internal interface IHostReportsGrain : IGrainWithStringKey
{
    [OneWay]
    Task ReportAsync(NodeReport report);

    /// <summary>Reports of the nodes that spoke lately.</summary>
    Task<IReadOnlyList<NodeReport>> LatestAsync();
}
