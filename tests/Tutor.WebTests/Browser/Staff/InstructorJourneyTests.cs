using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Staff;

public sealed class InstructorJourneyTests(PortalBrowser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task An_instructor_goes_from_a_chart_to_the_requests_behind_it_and_reviews_one(int width)
    {
        await using var ines = await OpenAsync(width);
        var page = ines.Page;

        await ines.GoToAsync("/courses/intro-python/overview");
        var bar = page.GetByRole(AriaRole.Table, new() { Name = "Requests by level" }).GetByRole(AriaRole.Row, new() { NameRegex = new("^2 Idea") });
        var count = int.Parse(await bar.GetByRole(AriaRole.Cell).InnerTextAsync(), System.Globalization.NumberStyles.AllowThousands);
        await bar.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Interactions" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Filters in use" })).ToContainTextAsync("2 Idea");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(Math.Min(count, 50) + 1);

        // Another row for each width: the journeys share one portal.
        await page.GetByRole(AriaRole.Row).Nth(width == 390 ? 2 : 1).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What the student gave" })).ToBeVisibleAsync();
        await page.GetByLabel("Note for colleagues").FillAsync("Good, but one level too high.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as reviewed" }).ClickAsync();
        await Expect(page.GetByText("Reviewed by Ines Instructor")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("Good, but one level too high.")).ToBeVisibleAsync();
        Assert.Empty(ines.Offences);
    }

    [Fact]
    public async Task A_flag_is_decided_only_with_a_reason()
    {
        await using var ines = await OpenAsync();
        var page = ines.Page;
        await ines.GoToAsync("/courses/intro-python/interactions?flag=open");
        await page.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Link).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Write one sentence");
        await page.GetByLabel("Why?").FillAsync("A fair question in this exercise.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();

        await Expect(page.GetByText("Dismissed by Ines Instructor")).ToBeVisibleAsync();
        Assert.Empty(ines.Offences);
    }

    [Fact]
    public async Task A_search_lives_in_the_address_so_that_back_and_a_sent_link_show_the_same()
    {
        await using var ines = await OpenAsync();
        var page = ines.Page;
        await ines.GoToAsync("/courses/intro-python/interactions");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("division by zero");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Filters in use" })).ToContainTextAsync("“division by zero”");
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("division by zero");
        var found = await page.GetByRole(AriaRole.Row).CountAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(found);
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(51);
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(found);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("no-such-word-anywhere");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Expect(page.GetByText("No interaction matches these filters")).ToBeVisibleAsync();
    }

    // Of the other sample course, so that the journeys of the first one keep their policy.
    [Fact]
    public async Task An_instructor_changes_the_prompt_sees_the_difference_publishes_and_rolls_back()
    {
        await using var dana = await browser.SignInAsync(InstructorOfWriting());
        var page = dana.Page;
        await dana.GoToAsync("/courses/academic-writing/prompt");

        var prompt = page.GetByLabel("The course's instructions to the model");
        await page.Locator("#course-prompt[data-ready]").WaitForAsync();
        await prompt.FillAsync(await prompt.InputValueAsync() + "\nAsk one question at a time.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Review the changes and publish" }).ClickAsync();
        await Expect(page.Locator(".diff-added").Last).ToContainTextAsync("Ask one question at a time.");
        await page.GetByLabel("What changed, for colleagues").FillAsync("One question at a time");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText(new Regex("written here by"))).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "One question at a time" })).ToContainTextAsync("Students work with it");

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 1 again" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish version 1" }).ClickAsync();
        await Expect(page.GetByText("Students work with version 1, published")).ToBeVisibleAsync();
        Assert.Empty(dana.Offences);
    }

    [Fact]
    public async Task An_instructor_sees_what_the_model_would_be_sent_for_a_past_request()
    {
        await using var ines = await OpenAsync();
        var page = ines.Page;
        await ines.GoToAsync("/courses/intro-python/prompt");

        await page.Locator("#course-prompt[data-ready]").WaitForAsync();
        await page.GetByLabel("The course's instructions to the model").FillAsync("Speak like a friendly lighthouse keeper.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Preview" }).ClickAsync();
        await page.GetByLabel("A past request").SelectOptionAsync(new SelectOptionValue { Index = 1 });

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Message 1 of the prompt" })).ToContainTextAsync("Speak like a friendly lighthouse keeper.");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Message 2 of the prompt" })).ToContainTextAsync("def ");
        Assert.Empty(ines.Offences);
    }

    [Theory]
    [InlineData("overview", 1280, ColorScheme.Light)]
    [InlineData("overview", 390, ColorScheme.Dark)]
    [InlineData("interactions", 1280, ColorScheme.Dark)]
    [InlineData("interactions", 390, ColorScheme.Light)]
    [InlineData("interactions?flag=open", 1280, ColorScheme.Light, true)]
    [InlineData("interactions?held-back=yes", 390, ColorScheme.Dark, true)]
    [InlineData("prompt", 1280, ColorScheme.Light)]
    [InlineData("prompt", 390, ColorScheme.Dark)]
    [InlineData("prompt?tab=versions", 1280, ColorScheme.Dark)]
    [InlineData("prompt?tab=preview", 1280, ColorScheme.Light)]
    public async Task The_instructors_pages_have_no_axe_violation_and_fit_the_screen(string path, int width, ColorScheme scheme, bool first = false)
    {
        await using var ines = await OpenAsync(width, scheme);
        var page = ines.Page;
        await ines.GoToAsync($"/courses/intro-python/{path}");
        if (first)
        {
            await page.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Link).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What the student gave" })).ToBeVisibleAsync();
        }

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than the screen.");
        // Axe adds styles of its own, so what the page did is looked at before.
        Assert.Empty(ines.Offences);
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
    }

    private async Task<PersonPage> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var ines = await browser.SignInAsync("Ines Instructor", width, scheme);
        (await SeededPortal.OpenAsync(browser.Portal, Cancel)).Dispose();
        return ines;
    }

    private static string InstructorOfWriting() =>
        Tutor.Core.Courses.CoursePackLoader.Load(Path.Combine(Portal.Repository.Root, "courses", "academic-writing")).Pack!
            .DemoPeople.First(p => p.Role == "instructor").Name;
}
