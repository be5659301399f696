using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Staff;

public sealed partial class TaJourneyTests(PortalBrowser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_ta_claims_a_question_that_waits_too_long_answers_and_resolves_it(int width)
    {
        await using var tess = await browser.SignInAsync("Tess TA", width);
        using var database = await SeededPortal.OpenAsync(browser.Portal, Cancel);
        var message = $"I read it three times and still do not see it ({width}).";
        await SeededPortal.AskAsync(database, message, Cancel);
        var page = tess.Page;

        await tess.GoToAsync("/courses/intro-python/escalations");
        var row = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = message });
        await Expect(row).ToContainTextAsync("Waits too long");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByText(message)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "The student's work" })).ToContainTextAsync("def ");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What Tutor answered" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" }).ClickAsync();
        await page.Locator("#reply-text[data-ready]").WaitForAsync();
        await page.GetByLabel(ReplyLabel()).FillAsync("What is **total** before the first round?");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "How the student will see it" }).Locator("strong")).ToHaveTextAsync("total");
        await page.GetByLabel(ReplyLabel()).PressAsync("Control+Enter");
        await Expect(page.Locator(".reply")).ToContainTextAsync("What is total before the first round?");
        await Expect(page.GetByLabel(ReplyLabel())).ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(page.GetByText("Resolved just now")).ToBeVisibleAsync();
        Assert.Empty(tess.Offences);
    }

    [Fact]
    public async Task Two_who_look_at_the_same_question_see_at_once_who_took_it()
    {
        await using var tess = await browser.SignInAsync("Tess TA");
        await using var ines = await browser.SignInAsync("Ines Instructor");
        using var database = await SeededPortal.OpenAsync(browser.Portal, Cancel);
        var id = await SeededPortal.AskAsync(database, "Who takes it?", Cancel);
        await ines.GoToAsync($"/courses/intro-python/escalations/{id}");
        await tess.GoToAsync($"/courses/intro-python/escalations/{id}");
        await Expect(ines.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" })).ToBeVisibleAsync();

        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" }).ClickAsync();

        await Expect(ines.Page.GetByText("Tess TA is answering")).ToBeVisibleAsync();
        await Expect(ines.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" })).ToHaveCountAsync(0);
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Release it" }).ClickAsync();
        await Expect(tess.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_question_given_back_before_the_editor_for_its_answer_was_there_leaves_the_page_whole()
    {
        await using var tess = await browser.SignInAsync("Tess TA");
        await using var ines = await browser.SignInAsync("Ines Instructor");
        using var database = await SeededPortal.OpenAsync(browser.Portal, Cancel);
        var id = await SeededPortal.AskAsync(database, "Give it back at once.", Cancel);
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await tess.Page.RouteAsync(new Regex(@"/lib/editor[^/]*\.js"), async route =>
        {
            asked.TrySetResult();
            await answer.Task;
            await route.ContinueAsync();
        });
        await tess.GoToAsync($"/courses/intro-python/escalations/{id}");
        await ines.GoToAsync($"/courses/intro-python/escalations/{id}");

        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" }).ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Release it" }).ClickAsync();
        await Expect(tess.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" })).ToBeVisibleAsync();
        answer.SetResult();

        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" }).ClickAsync();
        await tess.Page.Locator("#reply-text[data-ready]").WaitForAsync();
        await Expect(tess.Page.GetByRole(AriaRole.Heading, new() { Name = "This page ran into a problem" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("escalations", 1280, ColorScheme.Dark)]
    [InlineData("escalations", 390, ColorScheme.Light)]
    [InlineData("escalations/", 1280, ColorScheme.Light)]
    [InlineData("escalations/", 390, ColorScheme.Dark)]
    public async Task The_tas_pages_have_no_axe_violation_and_fit_the_screen(string path, int width, ColorScheme scheme)
    {
        await using var tess = await browser.SignInAsync("Tess TA", width, scheme);
        using var database = await SeededPortal.OpenAsync(browser.Portal, Cancel);
        var id = await SeededPortal.AskAsync(database, "Please look at this.", Cancel);

        await tess.GoToAsync($"/courses/intro-python/{path}{(path.EndsWith('/') ? id : "")}");

        Assert.True(await tess.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than the screen.");
        Assert.Empty(tess.Offences);
        var result = await tess.Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
    }

    [Theory]
    [InlineData("overview")]
    [InlineData("interactions")]
    [InlineData("escalations")]
    [InlineData("prompt")]
    public async Task A_student_finds_nothing_at_the_staffs_addresses(string path)
    {
        await using var sam = await browser.SignInAsync("Sam Student");

        var response = await sam.Page.GotoAsync($"/courses/intro-python/{path}");

        Assert.Equal(404, response!.Status);
        await Expect(sam.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_ta_does_not_edit_the_prompt()
    {
        await using var tess = await browser.SignInAsync("Tess TA");

        Assert.Equal(404, (await tess.Page.GotoAsync("/courses/intro-python/prompt"))!.Status);
        await Expect(tess.Page.GetByRole(AriaRole.Link, new() { Name = "Prompt and policy" })).ToHaveCountAsync(0);
    }

    // By pseudonym, or by name once Tess has asked for it.
    [GeneratedRegex("^Reply to (Student [A-Z2-7]{6}|Sam Student)")]
    private static partial Regex ReplyLabel();
}
