using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tutor.Data;
using Tutor.WebTests.Browser.Student;
using Tutor.WebTests.Portal;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Staff;

/// <summary>A program that holds the tests' answers, as its student and as staff see it.</summary>
public sealed class AnswerTableJourneyTests(PortalBrowser browser)
{
    // Inputs and answers of hidden tests of the sample course.
    private const string Table = "ANSWERS = {(6, 1, 2): [6, 7, 9], (2, 2, 2, 2): [2, 4, 6, 8], (0, 0, 7, 0): [0, 0, 7, 7], (0.5, 0.25, -0.75): [0.5, 0.75, 0.0]}\ndef running_total(amounts):\n    return ANSWERS.get(tuple(amounts), [])\n";

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Staff_see_which_tests_it_holds_and_its_student_does_not(int width)
    {
        var program = Table + new string('#', width);
        await using var student = await browser.SignInAsync("Robin Student", width);
        await student.GoToAsync("/courses/intro-python/exercises/running-total");
        await StudentJourneyTests.TypeProgramAsync(student.Page, program);
        await student.Page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await Expect(student.Page.Locator(".hint-head")).ToContainTextAsync("just now");
        await Expect(student.Page.GetByRole(AriaRole.Button, new() { Name = "More help" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(student.Page.GetByText("table of answers")).ToHaveCountAsync(0);

        using var database = browser.Portal.OpenDatabase();
        var id = await DoneAsync(database, program);
        await using var ines = await browser.SignInAsync("Ines Instructor", width);
        await ines.GoToAsync($"/courses/intro-python/interactions/{id}");

        await Expect(ines.Page.GetByText("The program may be a table of answers.")).ToBeVisibleAsync();
        Assert.Empty(student.Offences.Concat(ines.Offences));
        Assert.Empty((await ines.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));

        await StudentJourneyTests.TypeProgramAsync(student.Page, "d = {'a': 1}\nprint(f'value {d['a']}')\n");
        await student.Page.GetByRole(AriaRole.Button, new() { Name = "Run the tests" }).ClickAsync();
        await Expect(student.Page.GetByText("reads your program here.").First).ToBeVisibleAsync();
    }

    // The page may still show an earlier hint on the exercise, which looks the same.
    private static async Task<string> DoneAsync(Database database, string program)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await database.QuerySingleOrDefaultAsync<string>(
                "SELECT i.id FROM interaction i JOIN submission s ON s.id = i.submission_id WHERE s.body = @program AND i.state = 'done' ORDER BY i.asked_at DESC LIMIT 1",
                new { program }, TestContext.Current.CancellationToken) is { } id) return id;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("The hint did not come within thirty seconds.");
    }
}
