using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tutor.Data;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Student;

public sealed class StudentJourneyTests(PortalBrowser browser)
{
    private const string Program = "def running_total(numbers):\n    total = 0\n    for n in numbers:\n        total = n\n    return total\n";

    [Theory]
    [InlineData(1280, "Robin Student")]
    [InlineData(390, "Alex Student")]
    public async Task A_student_gets_a_hint_climbs_asks_rates_reloads_and_asks_a_ta(int width, string name)
    {
        await using var student = await browser.SignInAsync(name, width);
        var page = student.Page;
        await student.GoToAsync("/courses/intro-python/exercises/running-total");

        await TypeProgramAsync(page, Program);
        await page.GetByRole(AriaRole.Button, new() { Name = "Run the tests" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Tests" })).ToContainTextAsync("running_total(");
        await page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        // Other journeys fill the course with older requests; one of them is on the page until the new hint takes its place.
        await Expect(page.Locator(".hint-head")).ToContainTextAsync("just now");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hint", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "More help" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.Locator(".hint")).ToContainTextAsync("instructor");

        await page.GetByRole(AriaRole.Button, new() { Name = "More help" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "More help" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "More help" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        var address = page.Url;
        Assert.Matches("[0-9a-f]{32}", address);
        var hint = await page.Locator(".hint-text").First.InnerTextAsync();

        await page.ReloadAsync();
        await page.Locator("main[data-interactive=true]").WaitForAsync();
        await Expect(page.Locator(".hint-text").First).ToHaveTextAsync(hint, new() { UseInnerText = true });
        await Expect(page.Locator(".work-side")).ToContainTextAsync("total = n");

        await page.GetByRole(AriaRole.Button, new() { Name = "Ask a TA" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("I do not see it yet.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ask" }).Last.ClickAsync();
        await Expect(page.Locator(".hint")).ToContainTextAsync("TA");
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than the screen.");
        Assert.Empty(student.Offences);
    }

    [Fact]
    public async Task A_draft_is_there_again_after_the_window_was_closed()
    {
        var text = $"Later school starts help, because teenagers need sleep. {Guid.NewGuid():N}";
        await using (var first = await browser.SignInAsync("Sam Student"))
        {
            await first.GoToAsync("/courses/academic-writing/exercises/argument");
            var box = first.Page.GetByRole(AriaRole.Textbox).First;
            await Expect(first.Page.Locator("textarea[data-ready]").First).ToBeVisibleAsync();
            await box.FillAsync(text);
            await WaitUntilSavedAsync(text);
        }

        await using var second = await browser.SignInAsync("Sam Student", 390);
        await second.GoToAsync("/courses/academic-writing/exercises/argument");

        await Expect(second.Page.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync(text);
    }

    [Fact]
    public async Task Leaving_an_exercise_while_its_scripts_load_leaves_the_next_page_whole()
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var answer = new TaskCompletionSource();
        var held = 0;
        await sam.Page.RouteAsync(new Regex(@"/(editor|ExercisePage)[^/]*\.js"), async route =>
        {
            Interlocked.Increment(ref held);
            await answer.Task;
            await route.ContinueAsync();
        });
        await sam.GoToAsync("/courses/intro-python/exercises/median");

        await sam.Page.GetByRole(AriaRole.Link, new() { Name = "My requests" }).First.ClickAsync();
        await Expect(sam.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My requests");
        answer.SetResult();
        await sam.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.True(held > 0, "No script was held back, so the test showed nothing.");
        await Expect(sam.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My requests");
        Assert.Empty(sam.Offences);
    }

    [Theory]
    [InlineData("/", 1280, ColorScheme.Light)]
    [InlineData("/", 390, ColorScheme.Dark)]
    [InlineData("/profile", 390, ColorScheme.Light)]
    [InlineData("/profile", 1280, ColorScheme.Dark)]
    [InlineData("/courses/intro-python", 1280, ColorScheme.Light)]
    [InlineData("/courses/intro-python", 390, ColorScheme.Dark)]
    [InlineData("/courses/intro-python/exercises/median", 1280, ColorScheme.Dark)]
    [InlineData("/courses/intro-python/exercises/median", 390, ColorScheme.Light)]
    [InlineData("/courses/academic-writing/exercises/argument", 1280, ColorScheme.Light)]
    [InlineData("/courses/academic-writing/exercises/argument", 390, ColorScheme.Dark)]
    public async Task The_students_pages_have_no_axe_violation_and_fit_the_screen(string address, int width, ColorScheme scheme)
    {
        await using var sam = await browser.SignInAsync("Sam Student", width, scheme);

        await sam.GoToAsync(address);

        var wide = await sam.Page.EvaluateAsync<string>(
            "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).slice(0, 3).join(' | ')");
        Assert.True(await sam.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"Wider than the screen: {wide}");
        Assert.Empty(sam.Offences);
        var result = await sam.Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
    }

    internal static async Task TypeProgramAsync(IPage page, string program)
    {
        await page.Locator(".editor-surface[data-ready] .cm-content").ClickAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync(program);
    }

    // The page says "Saved" before the first change, too, so the database is asked.
    private async Task WaitUntilSavedAsync(string text)
    {
        using var database = browser.Portal.OpenDatabase();
        var deadline = DateTime.UtcNow.AddSeconds(15);
        while (await database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM draft WHERE body = @text", new { text }, TestContext.Current.CancellationToken) == 0)
        {
            Assert.True(DateTime.UtcNow < deadline, "The draft was not saved within 15 s.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
