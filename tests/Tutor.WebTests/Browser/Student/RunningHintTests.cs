using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Student;

/// <summary>What a student can do while a hint is on its way.</summary>
public sealed class RunningHintTests(PortalBrowser browser, SlowPortal slow) : IClassFixture<SlowPortal>
{
    private const string Address = "/courses/academic-writing/exercises/";

    [Fact]
    public async Task A_hint_stopped_before_its_first_word_is_not_counted_and_the_page_says_so()
    {
        await using var sam = await browser.SignInAsync("Sam Student", portal: slow.Portal);
        var page = sam.Page;
        await AskAsync(sam, "thesis-paragraph", SlowPortal.Silent);
        var left = await LeftAsync(page);
        await Expect(page.Locator(".steps")).ToContainTextAsync("Writing the hint");
        await Expect(page.Locator(".hint")).ToContainTextAsync("Waiting for the model for", new() { Timeout = 15_000 });
        if (Environment.GetEnvironmentVariable("TUTOR_LOOK") is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "waiting.png") });

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Expect(page.Locator(".hint")).ToContainTextAsync("You stopped this hint. It does not count as one of today's hints.");
        await Expect(page.Locator(".quota")).ToContainTextAsync($"{left + 1} of 20");
        await Expect(page.Locator(".quota")).ToContainTextAsync("A hint counts once any of it is shown");
        Assert.Empty(sam.Offences);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_hint_stopped_half_way_keeps_what_was_shown_and_counts(int width)
    {
        await using var robin = await browser.SignInAsync(width == 390 ? "Alex Student" : "Robin Student", width, portal: slow.Portal);
        var page = robin.Page;
        await AskAsync(robin, "thesis-paragraph", SlowPortal.Slow);
        var left = await LeftAsync(page);
        await Expect(page.Locator(".streaming")).ToContainTextAsync("Thought 2");

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator(".hint")).ToContainTextAsync("You stopped this hint. It counts as one of today's hints.");
        await Expect(page.Locator(".hint-text")).ToContainTextAsync("Thought 1");
        await Expect(page.Locator(".hint-text")).Not.ToContainTextAsync($"Thought {SlowPortal.Lines}");
        await Expect(page.Locator(".quota")).ToContainTextAsync($"{left} of 20");
        Assert.Empty(robin.Offences);
    }

    [Fact]
    public async Task A_page_reloaded_while_the_hint_is_written_goes_on_with_it()
    {
        await using var sam = await browser.SignInAsync("Sam Student", portal: slow.Portal);
        var page = sam.Page;
        await AskAsync(sam, "argument", SlowPortal.Slow);
        await Expect(page.Locator(".streaming")).ToContainTextAsync("Thought 2");

        await page.ReloadAsync();

        await Expect(page.Locator(".streaming")).ToContainTextAsync("Thought 3");
        await Expect(page.Locator(".hint-text")).ToContainTextAsync($"Thought {SlowPortal.Lines}", new() { Timeout = 30_000 });
        var text = await page.Locator(".hint-text").InnerTextAsync();
        Assert.All(Enumerable.Range(1, SlowPortal.Lines), n => Assert.Equal(2, text.Split($"Thought {n}:").Length));
        await Expect(page.Locator(".hint")).ToContainTextAsync("Written by a language model");
        Assert.Empty(sam.Offences);
    }

    [Fact]
    public async Task A_text_typed_in_the_last_moment_is_there_again()
    {
        var text = $"Nobody waits for the pause after the last key. {Guid.NewGuid():N}";
        await using var robin = await browser.SignInAsync("Robin Student", portal: slow.Portal);
        await robin.GoToAsync($"{Address}literature-summary");
        await robin.Page.Locator("textarea[data-ready]").First.WaitForAsync();
        await robin.Page.GetByRole(AriaRole.Textbox).First.ClickAsync();

        await robin.Page.Keyboard.InsertTextAsync(text);
        await Expect(robin.Page.Locator(".draft-state")).Not.ToHaveTextAsync("Saved", new() { Timeout = 100 });
        await robin.Page.GotoAsync("about:blank");
        await robin.GoToAsync($"{Address}literature-summary");

        await Expect(robin.Page.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync(text);
        await Expect(robin.Page.Locator(".draft-state")).ToHaveTextAsync("Saved");
        Assert.Empty(robin.Offences);
    }

    private static async Task<int> LeftAsync(IPage page) =>
        int.Parse((await page.Locator(".quota").InnerTextAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task AskAsync(PersonPage student, string exercise, string question)
    {
        await student.GoToAsync(Address + exercise);
        await student.Page.Locator("textarea[data-ready]").First.WaitForAsync();
        await student.Page.GetByRole(AriaRole.Textbox).First.FillAsync("First-year students should come to lectures, because habits form early. Some say that recordings are enough.");
        await student.Page.GetByLabel("A question about it").FillAsync($"Is my thesis clear? {question}");
        await student.Page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await Expect(student.Page.Locator(".hint-head")).ToContainTextAsync("just now");
    }
}
