using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Tutor.Data;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Student;

/// <summary>The student's own side of the page: uploads, the plain editor, the quota, the thread and the TA's answer.</summary>
public sealed class WorkspaceTests(PortalBrowser browser)
{
    private const string Program = "def median(numbers):\n    return numbers[len(numbers) // 2]\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("intro-python/exercises/median", "median.py", "median.py")]
    [InlineData("intro-python/exercises/median", "work.ipynb", "work.ipynb")]
    [InlineData("academic-writing/exercises/argument", "essay.txt", "essay.txt")]
    [InlineData("academic-writing/exercises/argument", "essay.md", "essay.md")]
    public async Task An_uploaded_file_is_in_the_editor_and_saved(string exercise, string name, string shown)
    {
        var marker = $"x{Guid.NewGuid():N}";
        var content = name.EndsWith(".ipynb", StringComparison.Ordinal)
            ? JsonSerializer.Serialize(new
            {
                nbformat = 4, nbformat_minor = 5, metadata = new { language_info = new { name = "python" } },
                cells = new[] { new { cell_type = "code", source = $"def median(numbers):\n    return {marker}\n", metadata = new { }, outputs = Array.Empty<object>() } },
            })
            : $"def median(numbers):\n    return {marker}\n";
        await using var robin = await browser.SignInAsync("Robin Student");
        await robin.GoToAsync($"/courses/{exercise}");
        await robin.Page.Locator("[data-ready]").First.WaitForAsync();

        await UploadAsync(robin.Page, name, Encoding.UTF8.GetBytes(content));

        await Expect(robin.Page.Locator(".toast")).ToContainTextAsync(shown);
        if (exercise.StartsWith("intro", StringComparison.Ordinal))
            await Expect(robin.Page.Locator(".cm-content")).ToContainTextAsync(marker);
        else
            await Expect(robin.Page.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync(content);
        await Expect(robin.Page.Locator(".draft-state")).ToHaveTextAsync("Saved");
        Assert.Empty(robin.Offences);
    }

    [Theory]
    [InlineData("essay.docx", "PK\u0003\u0004", "is not a file Tutor reads. Upload a .py, .ipynb, .txt or .md file")]
    [InlineData("photo.py", "\u0089PNG\r\n\u001a\n", "not plain text")]
    [InlineData("broken.ipynb", "{ not a notebook", "notebook")]
    public async Task A_file_Tutor_cannot_read_is_refused_in_words_and_the_editor_stays_as_it_was(string name, string content, string words)
    {
        await using var alex = await browser.SignInAsync("Alex Student", 390);
        await alex.GoToAsync("/courses/intro-python/exercises/word-counts");
        await alex.Page.Locator("[data-ready]").First.WaitForAsync();
        var before = await alex.Page.Locator(".cm-content").InnerTextAsync();

        await UploadAsync(alex.Page, name, Encoding.Latin1.GetBytes(content));

        await Expect(alex.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
        Assert.Equal(before, await alex.Page.Locator(".cm-content").InnerTextAsync());
        Assert.Empty(alex.Offences);
    }

    [Fact]
    public async Task The_plain_text_box_takes_over_the_program_and_gives_it_back()
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var page = sam.Page;
        await sam.GoToAsync("/courses/intro-python/exercises/median");
        await StudentJourneyTests.TypeProgramAsync(page, Program);

        await page.GetByRole(AriaRole.Button, new() { Name = "Use a plain text box" }).ClickAsync();
        var box = page.Locator("textarea.font-monospace");
        await Expect(box).ToHaveValueAsync(Program);
        await box.FillAsync(Program + "# plain\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run the tests" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Tests" })).ToContainTextAsync("tests pass", new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Use the code editor" }).ClickAsync();

        await Expect(page.Locator(".cm-content")).ToContainTextAsync("# plain");
        Assert.Empty(sam.Offences);
    }

    [Fact]
    public async Task A_quota_that_is_spent_is_said_where_it_is_asked_and_on_the_page()
    {
        await using var robin = await browser.SignInAsync("Robin Student");
        var page = robin.Page;
        using var database = browser.Portal.OpenDatabase();
        await robin.GoToAsync("/courses/academic-writing/exercises/revise-for-clarity");
        await page.Locator("textarea[data-ready]").First.WaitForAsync();
        await page.GetByRole(AriaRole.Textbox).First.FillAsync("The report was written by the committee and it was read by nobody.");
        try
        {
            await SetUsedAsync(database, "robin-student", 20);

            await page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You have used today's hints in this course.");
            await Expect(page.Locator(".quota")).ToContainTextAsync("No hints left today");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" })).ToBeDisabledAsync();
            Assert.Empty(robin.Offences);
        }
        finally
        {
            await SetUsedAsync(database, "robin-student", 0);
        }
    }

    [Fact]
    public async Task More_help_can_be_asked_for_before_the_browser_has_scrolled_to_the_hint()
    {
        await using var robin = await browser.SignInAsync("Robin Student");
        var page = robin.Page;
        await page.RouteAsync("**/ExercisePage*.js", async route =>
        {
            var answer = await route.FetchAsync();
            const string Scroll = "export function reveal(element) {";
            var script = await answer.TextAsync();
            Assert.Contains(Scroll, script, StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = script.Replace(Scroll, "export async function reveal() { await new Promise(() => {});", StringComparison.Ordinal) });
        });
        await robin.GoToAsync("/courses/intro-python/exercises/dice-table");
        await StudentJourneyTests.TypeProgramAsync(page, "def dice_table(rolls):\n    return rolls\n");

        await page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await FinishedAsync(page, "Hint");
        await page.GetByRole(AriaRole.Button, new() { Name = "More help" }).ClickAsync();

        await FinishedAsync(page, "More help");
    }

    [Theory]
    [InlineData(1280, "Sam Student")]
    [InlineData(390, "Robin Student")]
    public async Task A_student_asks_back_climbs_rates_with_a_reason_and_finds_all_of_it_in_the_history(int width, string name)
    {
        var reason = $"It named the place {Guid.NewGuid():N}";
        await using var student = await browser.SignInAsync(name, width);
        var page = student.Page;
        await student.GoToAsync("/courses/intro-python/exercises/median");
        await StudentJourneyTests.TypeProgramAsync(page, Program);
        await page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await FinishedAsync(page, "Hint");

        await page.GetByRole(AriaRole.Button, new() { Name = "Ask about this hint" }).ClickAsync();
        await page.GetByLabel("Your question about this hint").FillAsync("Why does the order matter?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await FinishedAsync(page, "Answer to your question");
        await Expect(page.Locator(".own-words").First).ToContainTextAsync("Why does the order matter?");
        await page.GetByRole(AriaRole.Button, new() { Name = "More help" }).ClickAsync();
        await FinishedAsync(page, "More help");

        await page.GetByRole(AriaRole.Button, new() { Name = "It helped" }).ClickAsync();
        await page.GetByLabel("What helped?").FillAsync(reason);
        await page.Locator(".rate-why button").ClickAsync();
        await Expect(page.GetByText("Thank you, noted.")).ToBeVisibleAsync();
        using var database = browser.Portal.OpenDatabase();
        Assert.Equal(1, await database.QuerySingleOrDefaultAsync<int>("SELECT rating FROM interaction WHERE rating_reason = @reason", new { reason }, Cancel));

        await student.GoToAsync("/courses/intro-python/requests");
        var latest = page.Locator(".requests li").First;
        await Expect(latest).ToContainTextAsync("More help");
        await latest.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "It helped" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByLabel("What helped?")).ToHaveValueAsync(reason);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than the screen.");
        Assert.Empty(student.Offences);
    }

    [Fact]
    public async Task A_draft_posted_from_elsewhere_without_the_pages_token_is_refused()
    {
        await using var sam = await browser.SignInAsync("Sam Student");
        var form = sam.Page.Context.APIRequest.CreateFormData();
        form.Set("body", "From another site.");

        var response = await sam.Page.Context.APIRequest.PostAsync("/courses/academic-writing/exercises/argument/draft", new()
        {
            Multipart = form, Headers = new Dictionary<string, string> { ["Origin"] = browser.Portal.Address.GetLeftPart(UriPartial.Authority) },
        });

        Assert.Equal(400, response.Status);
        using var database = browser.Portal.OpenDatabase();
        Assert.Equal(0, await database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM draft WHERE body = 'From another site.'", null, Cancel));
    }

    [Fact]
    public async Task A_tas_answer_appears_on_the_students_open_page()
    {
        var message = $"I am lost here {Guid.NewGuid():N}";
        await using var alex = await browser.SignInAsync("Alex Student");
        await using var tess = await browser.SignInAsync("Tess TA");
        var page = alex.Page;
        await alex.GoToAsync("/courses/academic-writing/exercises/thesis-paragraph");
        await page.Locator("textarea[data-ready]").First.WaitForAsync();
        await page.GetByRole(AriaRole.Textbox).First.FillAsync("Lectures are recorded.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await FinishedAsync(page, "Hint");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask a TA" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync(message);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ask a TA" }).ClickAsync();
        await Expect(page.GetByText("A TA will answer you here.")).ToBeVisibleAsync();

        await tess.GoToAsync("/courses/academic-writing/escalations");
        await tess.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = message }).GetByRole(AriaRole.Link).ClickAsync();
        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Claim and answer" }).ClickAsync();
        await Expect(page.GetByText("Tess TA is looking at it.")).ToBeVisibleAsync();
        await tess.Page.Locator("#reply-text[data-ready]").WaitForAsync();
        await tess.Page.Locator("#reply-text").FillAsync("Say **whose** seats are empty.");
        await tess.Page.Locator("#reply-text").PressAsync("Control+Enter");

        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Answer from Tess TA" }).Locator("strong").Last).ToHaveTextAsync("whose");
        await tess.Page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(page.Locator(".ta-state")).ToContainTextAsync("Answered.");
        Assert.Empty(alex.Offences);
        Assert.Empty(tess.Offences);
    }

    private static Task UploadAsync(IPage page, string name, byte[] content) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });

    private static async Task FinishedAsync(IPage page, string title)
    {
        await Expect(page.Locator("#hint-title")).ToHaveTextAsync(title, new() { Timeout = 30_000 });
        await Expect(page.Locator(".hint-head")).ToContainTextAsync("just now");
        await Expect(page.Locator(".rate")).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private static Task<int> SetUsedAsync(Database database, string student, int used) => database.ExecuteAsync(
        """
        INSERT INTO quota (course_id, student_id, day, used) VALUES ('academic-writing', @student, @day, @used)
        ON CONFLICT (course_id, student_id, day) DO UPDATE SET used = excluded.used
        """,
        new { student, used, day = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }, Cancel);
}
