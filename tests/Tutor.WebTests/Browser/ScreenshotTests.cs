using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tutor.WebTests.Browser.Staff;
using Tutor.WebTests.Browser.Student;
using Tutor.WebTests.Portal;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser;

/// <summary>The pictures of the README. tests/screenshots.sh runs it; a usual test run skips it.</summary>
[Trait("Database", "own")]
public sealed partial class ScreenshotTests(PortalBrowser browser)
{
    private static string? Folder => Environment.GetEnvironmentVariable("TUTOR_SCREENSHOTS");

    [Theory]
    [InlineData(1280, "")]
    [InlineData(390, "-phone")]
    public async Task Take(int width, string suffix)
    {
        Assert.SkipWhen(Folder is null, "Screenshots are taken by tests/screenshots.sh.");
        var folder = Path.Combine(Repository.Root, Folder!);
        Directory.CreateDirectory(folder);
        // One student for each picture: what one has asked a minute ago is "just now" to both.
        await using var student = await browser.SignInAsync(width < 600 ? "Alex Student" : "Robin Student", width);
        using var database = await SeededPortal.OpenAsync(browser.Portal, TestContext.Current.CancellationToken);

        await student.GoToAsync("/courses/intro-python/exercises/running-total");
        await StudentJourneyTests.TypeProgramAsync(student.Page, "def running_total(amounts):\n    total = 0\n    for amount in amounts:\n        total = total + amount\n    return total\n");
        await student.Page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        // An older hint of the same student is on the page until the new one takes its place.
        await Expect(student.Page.Locator(".hint-head")).ToContainTextAsync("just now");
        await Expect(student.Page.GetByRole(AriaRole.Button, new() { Name = "More help" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        if (width < 600) await student.Page.Locator(".hint").ScrollIntoViewIfNeededAsync();
        await student.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"student{suffix}.png") });

        await student.Page.GetByRole(AriaRole.Button, new() { Name = "Ask a TA" }).ClickAsync();
        await student.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("I followed it by hand and still get the last number only.");
        await student.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ask a TA" }).ClickAsync();
        await Expect(student.Page.Locator(".ta-answer")).ToBeVisibleAsync();

        await using var instructor = await browser.SignInAsync("Ines Instructor", width);
        await instructor.GoToAsync("/courses/intro-python/overview");
        await instructor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"instructor{suffix}.png") });

        await using var ta = await browser.SignInAsync("Tess TA", width);
        await ta.GoToAsync("/courses/intro-python/escalations");
        await ta.Page.GetByRole(AriaRole.Link, new() { NameRegex = RunningTotal() }).Last.ClickAsync();
        await ta.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" }).ClickAsync();
        await ta.Page.Locator("#reply-text[data-ready]").FillAsync("Good that you followed it by hand. After the **second** amount, which numbers should the answer hold already?");
        await Expect(ta.Page.GetByRole(AriaRole.Region, new() { Name = "How the student will see it" }).Locator("strong")).ToBeVisibleAsync();
        await ta.Page.EvaluateAsync("window.scrollTo(0, 0)");
        await ta.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"ta{suffix}.png") });
    }

    [GeneratedRegex("^(Student [A-Z2-7]{6}|(Alex|Robin) Student): Running total")]
    private static partial Regex RunningTotal();
}
