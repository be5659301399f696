using Microsoft.Playwright;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Postgres;
using Tutor.WebTests.Api;
using Tutor.WebTests.Nodes;
using Tutor.WebTests.Portal;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Nodes;

/// <summary>A student's page in Chromium while the nodes behind it come and go.</summary>
[Trait("Database", "own")]
public sealed class NodeJourneyTests(PortalBrowser browser)
{
    private const string Work = "Schools should start later, because sleep matters. Some say that habits matter more.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_students_page_comes_back_by_itself_on_another_node_with_the_hint_and_the_draft()
    {
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(80));
        await using var cluster = await PortalCluster.StartAsync(2, Cancel, new Dictionary<string, string>().WithModelHost(model.Url, 4));
        await using var student = await AskAsync(cluster.Nodes[0], cluster.Proxy.Address);

        // The cookie is not for reading, so the node is found by who dies: both in turn until the page has lost its own.
        foreach (var node in cluster.Nodes.ToList())
        {
            await node.KillAsync();
            await cluster.ReplaceAsync(node, Cancel);
        }

        await AssertGoesOnAsync(student.Page, Work);
    }

    [Fact]
    public async Task Nodes_that_are_stopped_one_after_the_other_send_their_pages_on_and_nobody_loses_a_word()
    {
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(80));
        await using var cluster = await PortalCluster.StartAsync(2, Cancel, new Dictionary<string, string>().WithModelHost(model.Url, 4));
        await using var student = await AskAsync(cluster.Nodes[0], cluster.Proxy.Address);
        var text = student.Page.GetByRole(AriaRole.Textbox).First;
        await text.FillAsync(Work + " Others doubt it.");

        var refused = 0;
        student.Page.Response += (_, response) => refused += response.Status >= 500 ? 1 : 0;
        foreach (var node in cluster.Nodes.ToList())
        {
            await node.StopAsync(Cancel);
            await cluster.ReplaceAsync(node, Cancel);
        }

        await AssertGoesOnAsync(student.Page, Work + " Others doubt it.");
        Assert.Equal(0, refused);
    }

    [Fact]
    public async Task Behind_the_HAProxy_of_the_handbook_a_page_follows_nodes_that_are_stopped_in_turn()
    {
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(80));
        var settings = OnNewDatabase().WithModelHost(model.Url, 4);
        Uri[] addresses = [FreeAddress(), FreeAddress()];
        var nodes = await Task.WhenAll(addresses.Select(address => StartAsync(settings, address)));
        try
        {
            await using var proxy = await HaProxy.StartAsync(addresses[0], addresses[1], Cancel);
            await using var student = await AskAsync(nodes[0], proxy.Address);
            await student.Page.GetByRole(AriaRole.Textbox).First.FillAsync(Work + " Others doubt it.");

            var refused = 0;
            student.Page.Response += (_, response) => refused += response.Status >= 500 ? 1 : 0;
            for (var i = 0; i < nodes.Length; i++)
            {
                await nodes[i].StopAsync(Cancel);
                nodes[i] = await StartAsync(settings, addresses[i]);
                // As a service manager's script would before it goes on to the next one: until the proxy has seen it twice.
                await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
            }

            await AssertGoesOnAsync(student.Page, Work + " Others doubt it.");
            Assert.Equal(0, refused);
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task Behind_the_HAProxy_of_the_handbook_nobody_who_opens_a_page_meets_a_node_that_was_killed()
    {
        var settings = OnNewDatabase();
        Uri[] addresses = [FreeAddress(), FreeAddress()];
        var nodes = await Task.WhenAll(addresses.Select(address => StartAsync(settings, address)));
        try
        {
            await using var proxy = await HaProxy.StartAsync(addresses[0], addresses[1], Cancel);
            var visits = Enumerable.Range(0, 8).Select(_ => OpenPagesAsync(proxy.Address, count: 100)).ToList();

            await Task.WhenAny(visits[0], Task.Delay(TimeSpan.FromMilliseconds(200), Cancel));
            Assert.False(visits[0].IsCompleted, "They were too quick to meet it.");
            await nodes[0].KillAsync();

            await Task.WhenAll(visits);
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    // As one who keeps the cookie of the node it came to first. On a connection that was used before, the client would ask again by itself.
    private static async Task OpenPagesAsync(Uri proxy, int count)
    {
        using var visitor = new HttpClient { BaseAddress = proxy, DefaultRequestHeaders = { ConnectionClose = true } };
        for (var i = 0; i < count; i++) (await visitor.GetAsync("/sign-in", Cancel)).EnsureSuccessStatusCode();
    }

    private static Dictionary<string, string> OnNewDatabase() => new() { ["Database:Url"] = PostgresServer.Shared.CreateDatabase(migrated: false) };

    private static Uri FreeAddress() => new($"http://127.0.0.1:{FreePort.Find()}");

    private static Task<PortalProcess> StartAsync(Dictionary<string, string> settings, Uri address) => PortalProcess.StartAsync(
        Cancel, new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = address.ToString(), ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" });

    private async Task<PersonPage> AskAsync(PortalProcess node, Uri through)
    {
        var student = await browser.SignInAsync("Robin Student", portal: node, through: through);
        await student.GoToAsync("/courses/academic-writing/exercises/thesis-paragraph");
        await student.Page.Locator("textarea[data-ready]").First.WaitForAsync();
        await student.Page.GetByRole(AriaRole.Textbox).First.FillAsync(Work);
        await student.Page.GetByLabel("A question about it").FillAsync("Case 7: is my thesis clear?");
        await student.Page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await Expect(student.Page.Locator(".hint")).ToContainTextAsync("Remark 1 on case 7", new() { Timeout = 30_000 });
        return student;
    }

    private static async Task AssertGoesOnAsync(IPage page, string work)
    {
        await Expect(page.Locator(".hint")).ToContainTextAsync("Remark 14 on case 7", new() { Timeout = 60_000 });
        await page.Locator("main[data-interactive=true]").WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync(work);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "More help" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }
}
