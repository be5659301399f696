using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Staff;

public sealed partial class RevealJourneyTests(PortalBrowser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, "Ines Instructor")]
    [InlineData(390, "Ines Instructor")]
    public async Task A_name_is_shown_for_a_reason_once_a_visit_and_stands_in_the_log(int width, string name)
    {
        await using var ines = await browser.SignInAsync(name, width);
        using var database = await SeededPortal.OpenAsync(browser.Portal, Cancel);
        // What an earlier visit was shown does not count here.
        await database.ExecuteAsync("DELETE FROM name_reveal", null, Cancel);
        var page = ines.Page;
        var students = await database.QueryAsync<(string Id, string Name)>(
            """
            SELECT MAX(i.id), p.name FROM interaction i JOIN person p ON p.id = i.student_id
            WHERE i.course_id = 'intro-python' AND NOT i.welfare AND i.state = 'done' GROUP BY p.name ORDER BY p.name LIMIT 2
            """, null, Cancel);

        await ines.GoToAsync("/courses/intro-python/interactions");
        Assert.DoesNotMatch(StudentNames(), await page.Locator("main").InnerTextAsync());
        await ines.GoToAsync($"/courses/intro-python/interactions/{students[0].Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show name" }).ClickAsync();
        await ShotAsync(page, $"reveal-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "To talk with the student" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = students[0].Name, Exact = true })).ToBeVisibleAsync();

        // The same visit: another student's request, reached by a link and not by loading the page.
        await page.EvaluateAsync($"Blazor.navigateTo('/courses/intro-python/interactions/{students[1].Id}')");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = students[0].Name, Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show name" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = students[1].Name, Exact = true })).ToBeVisibleAsync();

        await ines.GoToAsync("/courses/intro-python/opened?kind=revealed");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "To talk with the student" }).Nth(1)).ToBeVisibleAsync();
        await ShotAsync(page, $"opened-{width}");
        // Before axe, which adds a style of its own.
        Assert.Empty(ines.Offences);
        var axe = await page.RunAxe();
        Assert.Empty(axe.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_student_at_the_desk_is_found_by_name_and_the_reason_stands_in_the_log(int width)
    {
        await using var tess = await browser.SignInAsync("Tess TA", width);
        using var database = await SeededPortal.OpenAsync(browser.Portal, Cancel);
        var page = tess.Page;
        await tess.GoToAsync("/courses/intro-python/interactions");
        await page.GetByText("Find a student by name").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("robin");
        await page.GetByLabel("Why you need it").FillAsync("x");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in a few words");
        await page.GetByLabel("Why you need it").FillAsync("They came to office hours");
        await ShotAsync(page, $"find-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).Last.ClickAsync();

        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Filters in use" })).ToContainTextAsync("Robin Student");
        Assert.Equal(1, await database.QuerySingleOrDefaultAsync<int>(
            "SELECT CASE WHEN COUNT(*) > 0 THEN 1 ELSE 0 END FROM audit WHERE actor_id LIKE 'tess%' AND detail = 'They came to office hours'", null, Cancel));
        foreach (var name in new[] { "interactions", "overview", "flags/rules" })
        {
            await tess.GoToAsync($"/courses/intro-python/{name}");
            await ShotAsync(page, $"{name.Replace('/', '-')}-{width}");
        }
        // Before axe, which adds a style of its own.
        Assert.Empty(tess.Offences);
        await tess.GoToAsync("/courses/intro-python/interactions");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
    }

    // For a look at the pages: tests/screenshots.sh names the folder; a usual run takes none.
    private static async Task ShotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("TUTOR_LOOK") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }

    [GeneratedRegex("(Sam|Sue|Alex|Robin) Student")]
    private static partial Regex StudentNames();
}
