using System.Collections.Concurrent;
using Microsoft.Playwright;
using Tutor.WebTests.Portal;

[assembly: AssemblyFixture(typeof(Tutor.WebTests.Browser.PortalBrowser))]

namespace Tutor.WebTests.Browser;

/// <summary>One portal with the sample courses and one Chromium for all journeys; each journey signs in as people of its own choice.</summary>
public sealed class PortalBrowser : IAsyncLifetime
{
    private static readonly string[] arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly SemaphoreSlim starting = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public PortalProcess Portal { get; private set; } = null!;

    // Tests of this assembly that need no browser shall not pay for one.
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a window on no page, for pages a test writes itself.</summary>
    public async Task<PersonPage> OpenBlankAsync()
    {
        await EnsureStartedAsync();
        return await PersonPage.OpenAsync(await browser!.NewContextAsync(), Portal, Portal.Address);
    }

    /// <summary>Opens a window that takes the certificate of any site.</summary>
    public async Task<IPage> OpenTrustingAsync()
    {
        await EnsureStartedAsync();
        return await (await browser!.NewContextAsync(new() { IgnoreHTTPSErrors = true })).NewPageAsync();
    }

    /// <summary>Opens a window and signs in through the development sign-in.</summary>
    /// <param name="portal">Another portal than the shared one.</param>
    /// <param name="through">The address of a proxy in front of it.</param>
    public async Task<PersonPage> SignInAsync(string personName, int width = 1280, ColorScheme scheme = ColorScheme.Light, PortalProcess? portal = null, Uri? through = null)
    {
        await EnsureStartedAsync();
        portal ??= Portal;
        through ??= portal.Address;
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = through.ToString(), ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 800 }, ColorScheme = scheme,
        });
        var page = await PersonPage.OpenAsync(context, portal, through);
        await page.Page.GotoAsync("/");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = personName }).First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (Portal is not null) await Portal.DisposeAsync();
        starting.Dispose();
    }

    private async Task EnsureStartedAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (browser is not null) return;
            Portal = await PortalProcess.StartAsync(TestContext.Current.CancellationToken);
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium-headless-shell", Headless = true, Args = arguments });
        }
        finally
        {
            starting.Release();
        }
    }
}

/// <summary>A signed-in person's window that writes down what must not happen: policy violations, requests to elsewhere, script errors.</summary>
public sealed class PersonPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> offences = [];

    private readonly PortalProcess portal;
    private readonly int logFrom;

    private PersonPage(IPage page, PortalProcess portal) => (Page, this.portal, logFrom) = (page, portal, portal.Output.Length);

    public IPage Page { get; }

    public IReadOnlyCollection<string> Offences => offences;

    internal static async Task<PersonPage> OpenAsync(IBrowserContext context, PortalProcess portal, Uri address)
    {
        var person = new PersonPage(await context.NewPageAsync(), portal);
        await context.ExposeFunctionAsync<string, bool>("reportViolation", violation => { person.offences.Enqueue($"policy: {violation}"); return true; });
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => window.reportViolation(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));");
        person.Page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            if (asked.Scheme is "http" or "https" or "ws" or "wss" && asked.Authority != address.Authority)
                person.offences.Enqueue($"request: {request.Url}");
        };
        person.Page.PageError += (_, error) => person.offences.Enqueue($"script: {error}");
        return person;
    }

    /// <summary>Opens an address and waits until the page listens to clicks.</summary>
    public async Task GoToAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await Page.Locator("main[data-interactive=true]").WaitForAsync();
    }

    /// <remarks>What the portal logged meanwhile goes to the test's output, which is printed when the test fails.</remarks>
    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"The portal's log while this window was open:\n{portal.Output[logFrom..]}");
    }
}
