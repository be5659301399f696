using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Staff;

/// <summary>What staff type comes back after a reload, and nothing promises more than that.</summary>
public sealed class KeptFieldsTests(PortalBrowser browser)
{
    [Fact]
    public async Task Instructions_and_policy_that_are_being_written_come_back_after_a_reload_until_they_are_discarded()
    {
        await using var ines = await browser.SignInAsync("Ines Instructor");
        var page = ines.Page;
        await ines.GoToAsync("/courses/intro-python/prompt");
        await page.Locator("#course-prompt[data-ready]").WaitForAsync();
        var published = await page.Locator("#course-prompt").InputValueAsync();
        var level = await page.Locator("#course-level").InputValueAsync();

        await page.Locator("#course-prompt").FillAsync(published + "\nSpeak of one thing at a time.");
        await page.Locator("#course-level").SelectOptionAsync("Nudge");
        await ReloadAsync(page);

        await Expect(page.Locator("#course-prompt")).ToHaveValueAsync(published + "\nSpeak of one thing at a time.");
        await Expect(page.Locator("#course-level")).ToHaveValueAsync("Nudge");
        await Expect(page.GetByText($"{published.Length + "\nSpeak of one thing at a time.".Length:N0} of 20,000 characters")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Discard my changes" }).ClickAsync();
        await Expect(page.Locator("#course-prompt")).ToHaveValueAsync(published);
        await ReloadAsync(page);
        await page.Locator("#course-prompt[data-ready]").WaitForAsync();
        await Expect(page.Locator("#course-prompt")).ToHaveValueAsync(published);
        await Expect(page.Locator("#course-level")).ToHaveValueAsync(level);
        Assert.Empty(ines.Offences);
    }

    [Fact]
    public async Task A_list_that_was_pasted_comes_back_and_a_lost_connection_promises_that_and_no_more()
    {
        const string list = "login,name\nnew@uni.example.edu,New Student";
        await using var ines = await browser.SignInAsync("Ines Instructor");
        var page = ines.Page;
        await ines.GoToAsync("/courses/intro-python/people");
        await LoseConnectionAsync(page);
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await Expect(page.Locator("#kept-words")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Locator("#class-list").FillAsync(list);
        await LoseConnectionAsync(page);
        await Expect(page.Locator("#kept-words")).ToBeVisibleAsync();
        await ReloadAsync(page);

        await Expect(page.Locator("#class-list")).ToHaveValueAsync(list);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the list" }).ClickAsync();
        await Expect(page.Locator(".import-outcome, .import-preview, [role=alert]").First).ToBeVisibleAsync();
        Assert.Empty(ines.Offences);
    }

    private static async Task LoseConnectionAsync(IPage page) => await page.EvaluateAsync(
        "document.getElementById('components-reconnect-modal').dispatchEvent(new CustomEvent('components-reconnect-state-changed', { detail: { state: 'show' } }))");

    private static async Task ReloadAsync(IPage page)
    {
        page.Dialog += Accept;
        await page.ReloadAsync();
        await page.Locator("main[data-interactive=true]").WaitForAsync();
        page.Dialog -= Accept;
    }

    private static void Accept(object? sender, IDialog dialog) => _ = dialog.AcceptAsync();
}
