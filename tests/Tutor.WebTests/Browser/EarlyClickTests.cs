using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser;

/// <summary>A page is readable before its circuit is up; whoever follows a link meanwhile gets where it leads.</summary>
public sealed class EarlyClickTests(PortalBrowser browser)
{
    [Fact]
    public async Task A_link_followed_while_the_circuit_starts_leads_where_it_says()
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var (asked, clicked) = (new TaskCompletionSource(), new TaskCompletionSource());
        await sam.Page.RouteWebSocketAsync(address => address.Contains("_blazor", StringComparison.Ordinal), socket =>
        {
            var server = socket.ConnectToServer();
            var (sent, held) = (0, Task.CompletedTask);
            socket.OnMessage(frame =>
            {
                Pass(frame, server);
                // The first frame is the handshake, the second one asks for the circuit and says at which address.
                if (Interlocked.Increment(ref sent) == 2) asked.TrySetResult();
            });
            server.OnMessage(frame => held = held.ContinueWith(async _ =>
            {
                if (Volatile.Read(ref sent) > 1) await clicked.Task;
                Pass(frame, socket);
            }, TaskScheduler.Default).Unwrap());
        });
        await sam.Page.GotoAsync("/");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "Academic Writing" }).ClickAsync();
        var heading = sam.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Expect(heading).ToHaveTextAsync("Academic Writing");
        clicked.SetResult();

        await Expect(sam.Page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(heading).ToHaveTextAsync("Academic Writing");
    }

    [Theory]
    [InlineData("**/_framework/blazor.web*.js")]
    [InlineData("**/_blazor/negotiate**")]
    public async Task A_page_whose_node_goes_before_it_has_its_scripts_or_its_circuit_is_loaded_again(string lost)
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var times = 0;
        await sam.Page.RouteAsync(lost, route => Interlocked.Increment(ref times) == 1
            ? route.FulfillAsync(new() { Status = 502 }) : route.ContinueAsync());

        await sam.Page.GotoAsync("/");

        await Expect(sam.Page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(times > 1, "Nothing was lost.");
    }

    private static void Pass(IWebSocketFrame frame, IWebSocketRoute to)
    {
        if (frame.Binary is { } bytes) to.Send(bytes);
        else to.Send(frame.Text!);
    }
}
