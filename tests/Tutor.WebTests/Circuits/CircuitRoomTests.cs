using System.Net;
using Tutor.Web.Circuits;
using Tutor.WebTests.Load;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Circuits;

public sealed class CircuitRoomTests
{
    private const int Most = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_person_opens_so_many_pages_and_no_more_and_others_open_theirs()
    {
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string> { ["Circuits:PerPerson"] = $"{Most}" });
        var (robin, robinsCookies) = await HttpVisitor.SignInAsync(portal.Address, "robin-student", Cancel);
        var (sam, samsCookies) = await HttpVisitor.SignInAsync(portal.Address, "sam-student", Cancel);
        using (robin)
        using (sam)
        {
            // Whoever keeps a page from before can ask for as many circuits as they like.
            var kept = await robin.GetStringAsync("/", Cancel);
            var open = new List<HeadlessCircuit>();
            for (var i = 0; i < Most; i++) open.Add(await HeadlessCircuit.OpenAsync(portal.Address, "/", robinsCookies, robin, Cancel));
            Assert.All(open, circuit => Assert.Null(circuit.Error));

            using var page = await robin.GetAsync("/", Cancel);
            var words = await page.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
            Assert.Contains("You have too many pages open", words, StringComparison.Ordinal);
            Assert.DoesNotContain("<!--Blazor:", words, StringComparison.Ordinal);
            var refused = await Task.WhenAll(Enumerable.Range(0, Most).Select(_ =>
                HeadlessCircuit.OpenOnAsync(portal.Address, "/", kept, robinsCookies, Cancel, patience: TimeSpan.FromSeconds(3))));
            Assert.All(refused, circuit => Assert.True(circuit is { Error: not null, Batches: 0 }, $"{circuit.Error}, {circuit.Batches}"));
            Assert.Contains("TooManyCircuitsException", portal.Output, StringComparison.Ordinal);
            foreach (var circuit in refused) await circuit.DisposeAsync();
            await using var others = await HeadlessCircuit.OpenAsync(portal.Address, "/", samsCookies, sam, Cancel);
            Assert.Null(others.Error);

            // Pages that lost their connection may come back, and keep nobody out; but not any number of them is kept.
            foreach (var circuit in open) await circuit.DisposeAsync();
            for (var i = Most; i < CircuitRoom.WithLost * Most; i++)
            {
                await UntilLetInAsync(robin);
                await using var again = await HeadlessCircuit.OpenAsync(portal.Address, "/", robinsCookies, robin, Cancel);
                Assert.Null(again.Error);
            }
            using var full = await robin.GetAsync("/", Cancel);
            Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        }
    }

    [Fact]
    public async Task A_page_that_is_closed_makes_room_at_once()
    {
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string> { ["Circuits:PerPerson"] = "1" });
        var (robin, cookies) = await HttpVisitor.SignInAsync(portal.Address, "robin-student", Cancel);
        using (robin)
        {
            for (var i = 0; i < 3; i++)
            {
                await using var circuit = await HeadlessCircuit.OpenAsync(portal.Address, "/", cookies, robin, Cancel);
                Assert.Null(circuit.Error);
                await circuit.CloseAsync(robin, Cancel);
            }
        }
    }

    // The portal hears of a lost connection a moment after it is gone.
    private static async Task UntilLetInAsync(HttpClient visitor)
    {
        for (var i = 0; i < 200; i++)
        {
            using var page = await visitor.GetAsync("/", Cancel);
            if (page.IsSuccessStatusCode) return;
            await Task.Delay(50, Cancel);
        }
        Assert.Fail("Lost connections kept their person out for ten seconds.");
    }
}
