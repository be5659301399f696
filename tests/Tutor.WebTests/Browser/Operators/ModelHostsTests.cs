using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Operators;

public sealed class ModelHostsTests(PortalBrowser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_sees_how_a_host_does_takes_it_out_and_puts_it_back()
    {
        await using var host = await ScriptedModelHost.SayingAsync("Which of your sentences could somebody disagree with?");
        var settings = new Dictionary<string, string>().WithModelHost(host.Url, 4);
        settings["Operators:People:0"] = "tess-ta";
        await using var portal = await PortalProcess.StartAsync(Cancel, settings);
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);
        Assert.Equal("model", (await AskAsync(sam, "a")).Writer);
        await using var tess = await browser.SignInAsync("Tess TA", portal: portal);

        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Tess TA" }).ClickAsync();
        await tess.Page.GetByRole(AriaRole.Link, new() { Name = "Model hosts" }).ClickAsync();
        await tess.Page.WaitForURLAsync("**/model-hosts");
        await tess.Page.Locator("main[data-interactive=true]").WaitForAsync();
        var row = tess.Page.GetByRole(AriaRole.Row, new() { Name = "scripted" });
        await Expect(row).ToContainTextAsync("Works");
        await Expect(row.Locator("[data-label=Answers]")).ToHaveTextAsync("1", new() { Timeout = 15_000 });
        // Before axe, which brings a style of its own.
        Assert.Empty(tess.Offences);
        Assert.Empty((await tess.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));

        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Take out scripted" }).ClickAsync();
        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Take it out" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Taken out by Tess TA");
        await Expect(tess.Page.GetByText("Tess TA took scripted out")).ToBeVisibleAsync();
        Assert.Equal("ladder", await WriterUntilAsync(sam, "ladder"));

        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Put back scripted" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Works");
        Assert.Equal("model", await WriterUntilAsync(sam, "model"));
    }

    [Fact]
    public async Task An_operator_reads_what_a_host_refuses_and_what_is_done_about_it()
    {
        var broken = false;
        await using var host = await RawModelHost.StartAsync((context, body) =>
            (string?)body["messages"]![0]!["role"] == "system" ? RawModelHost.RefuseAsync(context, 400, "System role not supported")
            : broken ? RawModelHost.RefuseAsync(context, 500, body.ToJsonString(), "internal_error")
            : RawModelHost.SendAsync(context, RawModelHost.Stream(["Which of your sentences could somebody disagree with?"])));
        var settings = new Dictionary<string, string>().WithModelHost(host.Url, 4);
        settings["Operators:People:0"] = "tess-ta";
        await using var portal = await PortalProcess.StartAsync(Cancel, settings);
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);
        await using var tess = await browser.SignInAsync("Tess TA", portal: portal);

        var cured = await AskAsync(sam, "a");
        broken = true;
        var failed = await AskAsync(sam, "b");
        await tess.GoToAsync("/model-hosts");

        var row = tess.Page.GetByRole(AriaRole.Row, new() { Name = "scripted" });
        await Expect(row).ToContainTextAsync("HTTP 500 (internal_error).", new() { Timeout = 15_000 });
        await Expect(row).ToContainTextAsync("Its model takes no system message, so that text goes into the user's turn.");
        await Expect(row.Locator("[data-label=Failures]")).ToHaveTextAsync("1");
        Assert.Equal(("model", "ladder"), (cured.Writer, failed.Writer));
        Assert.Empty(tess.Offences);
        if (Environment.GetEnvironmentVariable("TUTOR_LOOK") is { } folder)
        {
            foreach (var width in new[] { 1280, 390 })
            {
                await tess.Page.SetViewportSizeAsync(width, 800);
                await tess.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"model-hosts-{width}.png") });
            }
        }
        Assert.Empty((await tess.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
    }

    [Fact]
    public async Task For_anyone_else_there_is_no_such_page()
    {
        await using var ines = await browser.SignInAsync("Ines Instructor");

        var response = await ines.Page.GotoAsync("/model-hosts");

        Assert.Equal(404, response!.Status);
        await ines.GoToAsync("/");
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Account: Ines Instructor" }).ClickAsync();
        await Expect(ines.Page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeVisibleAsync();
        await Expect(ines.Page.GetByRole(AriaRole.Link, new() { Name = "Model hosts" })).ToHaveCountAsync(0);
    }

    // The nodes hear of it within two seconds.
    private static async Task<string?> WriterUntilAsync(ApiClient client, string writer)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answered = await AskAsync(client, $"{writer}-{attempt}");
            if (answered.Writer == writer || attempt == 8) return answered.Writer;
            await Task.Delay(500, Cancel);
        }
    }

    private static Task<InteractionView> AskAsync(ApiClient client, string key) => client.AskAsync(
        "academic-writing", "thesis-paragraph", new HintBody { ClientKey = key, Work = "Homework is perhaps useful.", Question = "Is it clear?" }, Cancel);
}
