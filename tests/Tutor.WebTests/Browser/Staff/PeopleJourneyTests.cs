using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Staff;

/// <summary>The people of a course: importing a list, and what sections do for a TA.</summary>
public sealed class PeopleJourneyTests(PortalBrowser browser)
{
    private const string People = "/courses/intro-python/people";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task An_instructor_mends_a_list_sees_what_would_change_and_imports_it(int width)
    {
        await using var ines = await browser.SignInAsync("Ines Instructor", width);
        var page = ines.Page;
        var (first, second) = ($"lena.{width}@uni.example.edu", $"milo.{width}@uni.example.edu");
        await ines.GoToAsync(People);

        await page.GetByLabel("The list").FillAsync($"login,name,role,section\n{first},Lena Listed {width},student,A\n{second},Milo Listed {width},boss,A\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the list" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Lines that cannot be imported" })).ToContainTextAsync("Line 3: \"boss\" is no role.");

        await page.GetByLabel("The list").FillAsync($"login,name,role,section\n{first},Lena Listed {width},student,A\n{second},Milo Listed {width},TA,B\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the list" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "New people" })).ToContainTextAsync("TA in section B");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import: add 2" }).ClickAsync();
        await Expect(page.GetByText("Imported: 2 added, 0 changed, 0 removed.")).ToBeVisibleAsync();

        await page.GetByLabel("The list").FillAsync($"login,name,section\n{first},Lena Listed {width},C\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the list" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Changed people" })).ToContainTextAsync("Student in section A becomes Student in section C");
        await page.GetByLabel($"Remove Milo Listed {width}").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import: change 1, remove 1" }).ClickAsync();
        await Expect(page.GetByText("Imported: 0 added, 1 changed, 1 removed.")).ToBeVisibleAsync();
        await page.GetByLabel("Name, login or section").FillAsync($"Listed {width}");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("has not signed in yet");
        Assert.Empty(ines.Offences);
    }

    [Fact]
    public async Task A_file_is_read_and_the_downloaded_list_can_be_checked_again_without_a_change()
    {
        await using var ines = await browser.SignInAsync("Ines Instructor");
        var page = ines.Page;
        await ines.GoToAsync(People);

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download the list" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await file.PathAsync(), Cancel);
        Assert.StartsWith("login,name,role,section", text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("Ines Instructor", text, StringComparison.Ordinal);

        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "list.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("login,name,role\nines-not-yet@uni.example.edu,=1+1,student\n"),
        });
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "New people" })).ToContainTextAsync("=1+1");
        Assert.Empty(ines.Offences);
    }

    [Fact]
    public async Task A_ta_with_a_section_sees_its_questions_first_and_all_others_one_click_away()
    {
        await using var tess = await browser.SignInAsync("Tess TA");
        using var database = browser.Portal.OpenDatabase();
        // In the course whose queue no other journey looks at: they share one portal.
        const string Queue = "/courses/academic-writing/escalations";
        await database.ExecuteAsync(
            """
            UPDATE membership SET section = 'Y' WHERE course_id = 'academic-writing' AND person_id = 'tess-ta';
            UPDATE membership SET section = 'Z' WHERE course_id = 'academic-writing' AND person_id = 'sam-student';
            INSERT INTO escalation (id, interaction_id, course_id, exercise_id, student_id, message, state, created_at)
            VALUES (@id, @id, 'academic-writing', 'argument', 'sam-student', 'Somebody of another section asks.', 'open', 0)
            """, new { id = Guid.CreateVersion7().ToString("N") }, Cancel);

        await tess.GoToAsync(Queue);
        await Expect(tess.Page.GetByText("Somebody of another section asks.")).ToHaveCountAsync(0);
        await tess.Page.GetByRole(AriaRole.Link, new() { Name = "Show all sections (1 more waiting)" }).ClickAsync();
        await Expect(tess.Page.GetByText("Somebody of another section asks.")).ToBeVisibleAsync();
        await Expect(tess.Page.GetByText("Section Z")).ToBeVisibleAsync();
        await tess.Page.GetByRole(AriaRole.Link, new() { Name = "Show only my section, Y" }).ClickAsync();
        await Expect(tess.Page.GetByText("Somebody of another section asks.")).ToHaveCountAsync(0);
        await AssertFineAsync(tess, 1280);
    }

    [Theory]
    [InlineData("/sign-in/refused?reference=0HN:01", "You are not signed in", 390)]
    [InlineData("/lti/refused?why=Course&reference=0HN:01", "Tutor could not be opened from here", 390)]
    [InlineData("/lti/refused?why=nothing-known", "Tutor could not be opened from here", 1280)]
    public async Task Pages_for_who_was_not_let_in_have_no_axe_violation_and_fit_the_screen(string address, string title, int width)
    {
        await using var person = await browser.SignInAsync("Sam Student", width);

        await person.Page.GotoAsync(address);

        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title })).ToBeVisibleAsync();
        await AssertFineAsync(person, width);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task The_page_has_no_axe_violation_and_fits_the_screen(int width, ColorScheme scheme)
    {
        await using var ines = await browser.SignInAsync("Ines Instructor", width, scheme);
        await ines.GoToAsync(People);
        await ines.Page.GetByLabel("The list").FillAsync("login,name,role,section\nnew@uni.example.edu,Nora New,TA,A\n");
        await ines.Page.GetByRole(AriaRole.Button, new() { Name = "Check the list" }).ClickAsync();
        await Expect(ines.Page.GetByRole(AriaRole.Button, new() { Name = "Import: add 1" })).ToBeVisibleAsync();

        await AssertFineAsync(ines, width);
    }

    [Theory]
    [InlineData("Tess TA")]
    [InlineData("Sam Student")]
    public async Task Nobody_but_an_instructor_finds_the_page(string name)
    {
        await using var person = await browser.SignInAsync(name);

        Assert.Equal(404, (await person.Page.GotoAsync(People))!.Status);
    }

    private static async Task AssertFineAsync(PersonPage person, int width)
    {
        Assert.True(await person.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than the screen.");
        // Axe adds styles of its own, so what the page did is looked at before.
        Assert.Empty(person.Offences);
        var result = await person.Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join("\n", result.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}")));
    }
}
