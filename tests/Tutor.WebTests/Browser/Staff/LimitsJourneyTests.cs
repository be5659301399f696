using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tutor.Tests.Shared;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Staff;

public sealed class LimitsJourneyTests(PortalBrowser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instructor_gives_a_student_more_hints_and_sets_what_models_may_use()
    {
        await using var host = await ScriptedModelHost.SayingAsync("Which of your sentences could somebody disagree with?");
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string>().WithModelHost(host.Url, 4));
        using var sam = await ApiClient.SignInAsync(portal, "sam-student", Cancel);
        Assert.Equal("model", (await AskAsync(sam, "before")).Writer);
        await using var ines = await browser.SignInAsync("Ines Instructor", portal: portal);

        await ines.GoToAsync("/courses/academic-writing/limits");
        var row = ines.Page.GetByRole(AriaRole.Row, new() { Name = "more today" });
        await Expect(row.GetByRole(AriaRole.Rowheader)).Not.ToContainTextAsync("Sam Student");
        await row.GetByRole(AriaRole.Button, new() { Name = "Show name" }).ClickAsync();
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "To talk with the student" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Rowheader)).ToContainTextAsync("Sam Student");
        await Expect(row.Locator("[data-label=Used]")).ToHaveTextAsync("1");
        await row.GetByRole(AriaRole.Button, new() { Name = "more today" }).ClickAsync();
        await Expect(row.Locator("[data-label='Limit today']")).ToHaveTextAsync("30 (10 given)");
        await ines.Page.GetByLabel("Tokens a day").FillAsync("1");
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Save the budget" }).ClickAsync();
        await Expect(ines.Page.GetByText("The budget is spent.")).ToBeVisibleAsync();
        // Before axe, which brings a style of its own.
        Assert.Empty(ines.Offences);
        Assert.Empty((await ines.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));

        var after = await AskAsync(sam, "after");
        Assert.Equal("ladder", after.Writer);
        Assert.StartsWith("The course has used its budget", after.WriterReason, StringComparison.Ordinal);
        var exercises = await sam.Http.GetStringAsync(new Uri("/api/v1/courses/academic-writing/exercises", UriKind.Relative), Cancel);
        Assert.Contains("\"hintsLeftToday\":28", exercises, StringComparison.Ordinal);
    }

    private static Task<InteractionView> AskAsync(ApiClient client, string key) => client.AskAsync(
        "academic-writing", "thesis-paragraph", new HintBody { ClientKey = key, Work = "Homework is perhaps useful.", Question = "Is it clear?" }, Cancel);
}
