using System.Net;
using Tutor.Tests.Shared.Postgres;
using Tutor.Web.Api;
using Tutor.WebTests.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Nodes;

/// <summary>Two portal processes on one PostgreSQL database, behind a sticky proxy.</summary>
[Trait("Database", "own")]
public sealed class NodeTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_40_hints_are_written_one_node_leaves_nothing_undone_and_nothing_done_twice()
    {
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(60));
        await using var cluster = await PortalCluster.StartAsync(2, Cancel, new Dictionary<string, string>().WithModelHost(model.Url, RequestBatch.Count));
        using var batch = await RequestBatch.StartAsync(cluster.Nodes[0], Cancel, cluster.Proxy.Address);
        await UntilAsync(() => batch.Readings.Count(reading => reading.Text.Length > 20) >= RequestBatch.Count / 2);
        var ended = batch.Progress.Ended;

        await cluster.Nodes[0].KillAsync();
        await batch.Completion.WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        output.WriteLine($"Longest silence at any client: {batch.LongestSilence.TotalSeconds:0.0} s; {ended} of {RequestBatch.Count} had ended before the kill.");
        output.WriteLine(cluster.Nodes[1].Output);
        Assert.True(ended < RequestBatch.Count, "Every hint was finished before the kill, so the test showed nothing.");
        await batch.AssertExactAsync(cluster.Nodes[1], Cancel);
    }

    [Fact]
    public async Task Stopped_in_order_a_node_hands_its_running_hints_over()
    {
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(60));
        await using var cluster = await PortalCluster.StartAsync(2, Cancel, new Dictionary<string, string>().WithModelHost(model.Url, RequestBatch.Count));
        using var batch = await RequestBatch.StartAsync(cluster.Nodes[0], Cancel, cluster.Proxy.Address);
        await UntilAsync(() => batch.Readings.Count(reading => reading.Text.Length > 20) >= RequestBatch.Count / 2);

        await cluster.Nodes[0].StopAsync(Cancel);
        await batch.Completion.WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        output.WriteLine($"Longest silence at any client: {batch.LongestSilence.TotalSeconds:0.0} s.");
        output.WriteLine(cluster.Nodes[0].Output + "\n=======\n" + cluster.Nodes[1].Output);
        await batch.AssertExactAsync(cluster.Nodes[1], Cancel);
    }

    [Fact]
    public async Task One_portal_on_PostgreSQL_needs_nothing_but_its_address()
    {
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string>
        {
            ["Database:Url"] = PostgresServer.Shared.CreateDatabase(migrated: false),
        });
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);

        var answered = await sam.AskAsync("academic-writing", "thesis-paragraph", new HintBody { ClientKey = "k", Work = "It is often said that homework is perhaps useful." }, Cancel);
        using var ready = await sam.Http.GetAsync("/health/ready", Cancel);

        Assert.Equal(("done", "ladder", HttpStatusCode.OK), (answered.State, answered.Writer, ready.StatusCode));
        Assert.False(File.Exists(portal.DatabasePath));
    }

    [Fact]
    public async Task Nodes_that_would_each_have_a_database_of_their_own_do_not_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            PortalProcess.StartAsync(Cancel, new Dictionary<string, string> { ["Node:Port"] = "11111" }));

        Assert.Contains("set Database:Url to a PostgreSQL database", error.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come to pass within a minute.");
            await Task.Delay(50, Cancel);
        }
    }
}
