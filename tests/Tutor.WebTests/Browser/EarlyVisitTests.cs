using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser;

/// <summary>A page is readable before its circuit is up; whoever follows a link or types meanwhile loses nothing.</summary>
public sealed class EarlyVisitTests(PortalBrowser browser)
{
    [Fact]
    public async Task A_link_followed_while_the_circuit_starts_leads_where_it_says()
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var arrive = await OpenBeforeItsCircuitAsync(sam.Page, "/");

        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "Academic Writing" }).ClickAsync();
        var heading = sam.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Expect(heading).ToHaveTextAsync("Academic Writing");
        await arrive();

        await Expect(heading).ToHaveTextAsync("Academic Writing");
    }

    [Fact]
    public async Task Words_typed_into_a_search_while_the_circuit_starts_are_searched_for()
    {
        await using var ines = await browser.SignInAsync("Ines Instructor");
        var arrive = await OpenBeforeItsCircuitAsync(ines.Page, "/courses/intro-python/interactions");
        var search = ines.Page.GetByRole(AriaRole.Searchbox);

        await search.PressSequentiallyAsync("no-such-word-");
        await arrive();
        await Expect(search).ToBeFocusedAsync();
        await ines.Page.Keyboard.TypeAsync("anywhere");
        await ines.Page.Keyboard.PressAsync("Enter");

        await Expect(ines.Page.GetByRole(AriaRole.List, new() { Name = "Filters in use" })).ToContainTextAsync("“no-such-word-anywhere”");
    }

    [Fact]
    public async Task A_text_begun_while_the_circuit_starts_is_a_draft_like_any_other()
    {
        // A person and an exercise of this test's own: where there is a draft already, "saved" is true before this one is.
        await using var robin = await browser.SignInAsync("Robin Student");
        const string Address = "/courses/academic-writing/exercises/thesis-paragraph";
        var arrive = await OpenBeforeItsCircuitAsync(robin.Page, Address);

        await robin.Page.GetByLabel("Your text for").FillAsync("Both sources measured sleep.");
        await robin.Page.GetByLabel("A question about it").FillAsync("Is this a summary?");
        await arrive();
        await Expect(robin.Page.Locator(".draft-state")).ToHaveAttributeAsync("data-state", "saved");

        await robin.GoToAsync(Address);
        await Expect(robin.Page.GetByLabel("Your text for")).ToHaveValueAsync("Both sources measured sleep.");
        await Expect(robin.Page.GetByLabel("A question about it")).ToHaveValueAsync("Is this a summary?");
    }

    [Fact]
    public async Task A_menu_opened_while_the_circuit_starts_stays_open_and_one_closed_again_stays_closed()
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var arrive = await OpenBeforeItsCircuitAsync(sam.Page, "/");
        var account = sam.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Sam Student" });
        var courses = sam.Page.GetByRole(AriaRole.Button, new() { Name = "My courses" });

        await courses.ClickAsync();
        await account.ClickAsync();
        await Expect(sam.Page.GetByRole(AriaRole.Navigation, new() { Name = "Courses" })).ToBeHiddenAsync();
        await arrive();

        await Expect(sam.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await Expect(sam.Page.GetByRole(AriaRole.Navigation, new() { Name = "Courses" })).ToBeHiddenAsync();
        await sam.Page.Keyboard.PressAsync("Escape");
        await Expect(sam.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeHiddenAsync();
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

        // Not until it is loaded: it may load again before that.
        await sam.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });

        await Expect(sam.Page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(times > 1, "Nothing was lost.");
    }

    [Theory]
    [InlineData(0)] // before the connection: it takes another way,
    [InlineData(1)] // in the handshake,
    [InlineData(2)] // when it was asked for the circuit.
    public async Task A_page_whose_node_goes_after_it_was_found_still_gets_its_circuit(int frames)
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var (times, sent) = (0, 0);
        await sam.Page.RouteWebSocketAsync(IsCircuit, socket =>
        {
            var first = Interlocked.Increment(ref times) == 1;
            if (first && frames == 0)
            {
                _ = socket.CloseAsync();
                return;
            }
            var server = socket.ConnectToServer();
            if (!first) return;
            socket.OnMessage(frame =>
            {
                if (Interlocked.Increment(ref sent) < frames)
                {
                    Pass(frame, server);
                    return;
                }
                _ = server.CloseAsync();
                _ = socket.CloseAsync();
            });
        });

        await sam.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.Commit });

        await Expect(sam.Page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True(times > 0, "Nothing was lost.");
    }

    [Fact]
    public async Task A_page_whose_circuit_failed_says_so_and_offers_to_load_it_again()
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        IWebSocketRoute? page = null;
        await sam.Page.RouteWebSocketAsync(IsCircuit, socket =>
        {
            page = socket;
            socket.ConnectToServer();
        });
        await sam.GoToAsync("/");

        // As MessagePack: the invocation of JS.Error with one argument, after its length.
        page!.Send([.. (byte[])[15, 0x95, 1, 0x80, 0xc0, 0xa8], .. "JS.Error"u8, 0x91, 0xa0]);
        var notice = sam.Page.GetByText("This page has stopped.");
        await Expect(notice).ToBeVisibleAsync();
        await sam.Page.GetByRole(AriaRole.Button, new() { Name = "Load it again" }).ClickAsync();

        await Expect(sam.Page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(notice).ToBeHiddenAsync();
    }

    private static bool IsCircuit(string socket) => socket.Contains("_blazor", StringComparison.Ordinal);

    /// <returns>Lets the circuit arrive, which was asked for but not answered yet.</returns>
    private static async Task<Func<Task>> OpenBeforeItsCircuitAsync(IPage page, string address)
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteWebSocketAsync(IsCircuit, socket =>
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
                if (Volatile.Read(ref sent) > 1) await answer.Task;
                Pass(frame, socket);
            }, TaskScheduler.Default).Unwrap());
        });
        await page.GotoAsync(address);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        return async () =>
        {
            answer.TrySetResult();
            await Expect(page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        };
    }

    private static void Pass(IWebSocketFrame frame, IWebSocketRoute to)
    {
        if (frame.Binary is { } bytes) to.Send(bytes);
        else to.Send(frame.Text!);
    }
}
