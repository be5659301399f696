using Tutor.WebTests.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Nodes;

/// <summary>
/// A node of an older build beside one of this build on one database, as during an upgrade. <c>tests/upgrade.sh</c> makes
/// the older build and names its portal in <c>TUTOR_OLD_PORTAL</c>.
/// </summary>
[Trait("Database", "own")]
public sealed class UpgradeTests
{
    private static readonly string? oldPortal = Environment.GetEnvironmentVariable("TUTOR_OLD_PORTAL");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_old_and_a_new_node_answer_each_others_requests_and_either_may_be_stopped_first(int stoppedFirst)
    {
        Assert.SkipWhen(oldPortal is null, "There is no older build to try: bash tests/upgrade.sh <commit> makes one.");
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(60));
        await using var cluster = await PortalCluster.StartAsync(
            [oldPortal, Repository.PortalAssembly], Cancel, new Dictionary<string, string>().WithModelHost(model.Url, RequestBatch.Count));
        using var batch = await RequestBatch.StartAsync(cluster.Nodes[0], Cancel, cluster.Proxy.Address);
        await Task.WhenAny(HalfWrittenAsync(batch), batch.Completion).WaitAsync(TimeSpan.FromMinutes(1), Cancel);

        await cluster.Nodes[stoppedFirst].StopAsync(Cancel);
        await batch.Completion.WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        await batch.AssertExactAsync(cluster.Nodes[1 - stoppedFirst], Cancel);
        // Nodes that do not understand each other would still finish: every request at the node that took it.
        Assert.All(cluster.Nodes, node => Assert.DoesNotContain("Orleans.Serialization", node.Output, StringComparison.Ordinal));
    }

    private static async Task HalfWrittenAsync(RequestBatch batch)
    {
        while (batch.Readings.Count(reading => reading.Text.Length > 20) < RequestBatch.Count / 2)
            await Task.Delay(50, Cancel);
    }
}
