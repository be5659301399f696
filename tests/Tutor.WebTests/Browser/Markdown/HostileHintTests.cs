using Microsoft.Playwright;
using Tutor.Tests.Shared.Markdown;
using Tutor.WebTests.Browser.Staff;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Markdown;

public sealed class HostileHintTests(PortalBrowser browser)
{
    [Fact]
    public async Task No_text_that_parsers_choke_on_costs_a_student_the_page()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var student = await browser.SignInAsync("Alex Student");
        using var database = await SeededPortal.OpenAsync(browser.Portal, cancel);
        var (id, exercise) = (await database.QueryAsync<(string, string)>(
            "SELECT id, exercise_id FROM interaction WHERE student_id = 'alex-student' AND course_id = 'intro-python' AND state = 'done' ORDER BY asked_at DESC LIMIT 1", null, cancel))[0];

        foreach (var (name, text) in HostileMarkdown.Pathological.Where(p => p.Text.Length <= 100_000))
        {
            await database.ExecuteAsync("UPDATE interaction SET answer = @text WHERE id = @id", new { id, text }, cancel);
            await student.GoToAsync($"/courses/intro-python/exercises/{exercise}?ask={id}");
            // A click that the server answers proves that the circuit lives.
            await student.Page.GetByText("How your work came about").ClickAsync();
            await Expect(student.Page.Locator("#components-reconnect-modal[open]")).ToHaveCountAsync(0);
            await Expect(student.Page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" })).ToBeEnabledAsync(new() { Timeout = 10_000 });
            Assert.DoesNotContain(student.Offences, o => o.StartsWith("script", StringComparison.Ordinal) || name.Length == 0);
        }
    }
}
