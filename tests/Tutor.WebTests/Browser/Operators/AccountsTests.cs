using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tutor.Data.People;
using Tutor.WebTests.Portal;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Operators;

/// <summary>Sign-ins and tokens as their owner and an operator see and end them.</summary>
public sealed class AccountsTests(PortalBrowser browser, AccountsTests.Watchful watchful) : IClassFixture<AccountsTests.Watchful>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Somebody_signs_out_another_browser_whose_open_page_goes_to_the_sign_in_by_itself(int width)
    {
        var name = width < 600 ? "Alex Student" : "Robin Student";
        await using var lost = await browser.SignInAsync(name, portal: watchful.Portal);
        await lost.GoToAsync("/courses/academic-writing/requests");
        await using var here = await browser.SignInAsync(name, width, portal: watchful.Portal);
        await here.GoToAsync("/profile");
        var table = here.Page.GetByRole(AriaRole.Table, new() { Name = "Browsers you are signed in with" });
        await Expect(table.GetByRole(AriaRole.Row).Filter(new() { HasText = "This one" })).ToHaveCountAsync(1);
        await AssertFineAsync(here, width);

        await table.GetByRole(AriaRole.Row).Filter(new() { HasText = "Chrome" }).Filter(new() { HasNotText = "This one" }).GetByRole(AriaRole.Button).First.ClickAsync();

        await lost.Page.WaitForURLAsync("**/sign-in/development**", new() { Timeout = 20_000 });
        await Expect(table.GetByRole(AriaRole.Row).Filter(new() { HasText = "Chrome" })).ToHaveCountAsync(1);
        await here.GoToAsync("/profile");
        await table.GetByRole(AriaRole.Button).ClickAsync();
        await here.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(here.Page.GetByText("You are signed out")).ToBeVisibleAsync();
        await here.Page.GotoAsync("/profile");
        await Expect(here.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_token_is_made_for_as_long_as_its_owner_chooses()
    {
        await using var sam = await browser.SignInAsync("Sam Student", portal: watchful.Portal);
        await sam.GoToAsync("/profile");
        await sam.Page.GetByLabel("What is it for?").FillAsync("A notebook");
        await sam.Page.GetByLabel("How long?").SelectOptionAsync("30");
        await sam.Page.GetByRole(AriaRole.Button, new() { Name = "Create a token" }).ClickAsync();

        await Expect(sam.Page.GetByLabel("New token")).ToBeVisibleAsync();
        var row = sam.Page.GetByRole(AriaRole.Table, new() { Name = "Your API tokens" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "A notebook" });
        await Expect(row).ToContainTextAsync(DateTimeOffset.UtcNow.AddDays(30).ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture));
        using var database = watchful.Portal.OpenDatabase();
        var tokens = new ApiTokenStore(database, TimeProvider.System);
        while (await tokens.TryIssueAsync("sam-student", "another", ApiTokenStore.Usual, Cancel) is not null)
        {
            // Until there is no room.
        }
        await sam.GoToAsync("/profile");
        await Expect(sam.Page.GetByText("You have 20 tokens")).ToBeVisibleAsync();
        await Expect(sam.Page.GetByRole(AriaRole.Button, new() { Name = "Create a token" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1280, "Ines Instructor")]
    [InlineData(390, "Wanda Welfare")]
    public async Task An_operator_finds_somebody_and_shuts_them_out_and_lets_them_in_again(int width, string name)
    {
        await using var gone = await browser.SignInAsync(name, portal: watchful.Portal);
        await gone.GoToAsync("/profile");
        await gone.Page.GetByLabel("What is it for?").FillAsync("A script");
        await gone.Page.GetByRole(AriaRole.Button, new() { Name = "Create a token" }).ClickAsync();
        var secret = await gone.Page.GetByLabel("New token").InputValueAsync();
        await using var tess = await browser.SignInAsync("Tess TA", width, portal: watchful.Portal);
        await tess.GoToAsync("/accounts");
        await AssertFineAsync(tess, width);
        await tess.Page.GetByLabel("Name, e-mail, sign-in name or id").FillAsync(name[..4].ToUpperInvariant());
        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await tess.Page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(tess.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
        await Expect(tess.Page.GetByRole(AriaRole.Table, new() { Name = "API tokens" })).ToContainTextAsync("A script");
        await AssertFineAsync(tess, width);

        await tess.Page.GetByLabel("Why suspend this account?").FillAsync("Laptop stolen");
        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await tess.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(tess.Page.GetByText("Laptop stolen")).ToBeVisibleAsync();
        await AssertFineAsync(tess, width);

        await gone.Page.WaitForURLAsync("**/sign-in/development**", new() { Timeout = 20_000 });
        await gone.Page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();
        await Expect(gone.Page.GetByRole(AriaRole.Heading, new() { Name = "Your account is suspended" })).ToBeVisibleAsync();
        using var api = ApiClient.WithToken(watchful.Portal.Address, secret);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await api.Http.GetAsync("/api/v1/courses", Cancel)).StatusCode);

        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Let in again" }).ClickAsync();
        await Expect(tess.Page.GetByText($"{name} may sign in again.")).ToBeVisibleAsync();
        await gone.Page.GotoAsync("/sign-in/development");
        await gone.Page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();
        await Expect(gone.Page.GetByRole(AriaRole.Button, new() { Name = $"Account: {name}" })).ToBeVisibleAsync();
        using var database = watchful.Portal.OpenDatabase();
        Assert.Equal(["suspended", "let in again"], await database.QueryAsync<string>(
            "SELECT a.detail FROM audit a JOIN person p ON p.id = a.object_id WHERE a.object = 'account' AND a.actor_id = 'tess-ta' AND p.name = @name ORDER BY a.seq", new { name }, Cancel));
    }

    private static async Task AssertFineAsync(PersonPage person, int width)
    {
        Assert.True(await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than the screen.");
        // Axe adds styles of its own, so what the page did is looked at before.
        Assert.DoesNotContain(person.Offences, offence => !offence.Contains("axe", StringComparison.OrdinalIgnoreCase));
        var result = await person.Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
    }

    public sealed class Watchful : IAsyncLifetime
    {
        public PortalProcess Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Portal = await PortalProcess.StartAsync(
            Cancel, new Dictionary<string, string> { ["Sessions:CheckSeconds"] = "1", ["Operators:People:0"] = "tess-ta" });

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
