using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Student;

/// <summary>No word of a student's is lost: not to another window, not to a button, not to a limit, not to a quota.</summary>
public sealed class DraftTests(PortalBrowser browser)
{
    private const string Writing = "/courses/academic-writing/exercises/literature-summary";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1280, "nested-total")]
    [InlineData(390, "drop-missing")]
    public async Task Two_windows_never_overwrite_each_other_and_the_student_chooses(int width, string exercise)
    {
        await using var laptop = await browser.SignInAsync("Alex Student", width);
        await using var phone = await browser.SignInAsync("Alex Student", width);
        await laptop.GoToAsync($"/courses/intro-python/exercises/{exercise}");
        await TypeAsync(laptop.Page, "# one line\n");
        await SavedAsync(laptop.Page);
        await phone.GoToAsync($"/courses/intro-python/exercises/{exercise}");
        await TypeAsync(phone.Page, "# one line\n# and\n# three\n# more\n");
        await SavedAsync(phone.Page);

        await laptop.Page.Locator(".cm-content").ClickAsync();
        await laptop.Page.Keyboard.PressAsync("Control+End");
        await laptop.Page.Keyboard.InsertTextAsync("# word");

        var choice = laptop.Page.Locator(".other-window");
        await Expect(choice).ToContainTextAsync("You changed this in another window, too.");
        await Expect(laptop.Page.Locator(".draft-state")).ToHaveTextAsync("Kept apart");
        Assert.Equal("# one line\n# and\n# three\n# more\n", (await DraftAsync(exercise))!.Body);
        await choice.GetByText("The other text").ClickAsync();
        await Expect(choice.Locator("pre")).ToContainTextAsync("# three");
        await choice.ScrollIntoViewIfNeededAsync();
        await PictureAsync(laptop.Page, $"two-windows-{width}");

        await choice.GetByRole(AriaRole.Button, new() { Name = "Keep what is here" }).ClickAsync();
        await Expect(choice).ToHaveCountAsync(0);
        await SavedAsync(laptop.Page);
        Assert.Equal("# one line\n# word", (await DraftAsync(exercise))!.Body);

        // Back at the other window, which has nothing of its own to lose.
        await phone.Page.EvaluateAsync("dispatchEvent(new Event('focus'))");
        await Expect(phone.Page.Locator(".cm-content")).ToContainTextAsync("# word");
        await Expect(phone.Page.Locator(".toast")).ToContainTextAsync("in another window");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Earlier versions" }).ClickAsync();
        var earlier = phone.Page.GetByRole(AriaRole.Dialog).Locator("details").First;
        await earlier.Locator("summary").ClickAsync();
        await Expect(earlier.Locator("pre")).ToContainTextAsync("# three");
        await PictureAsync(phone.Page, $"earlier-versions-{width}");
        await earlier.GetByRole(AriaRole.Button, new() { Name = "Put it back into the editor" }).ClickAsync();
        await Expect(phone.Page.Locator(".cm-content")).ToContainTextAsync("# three");
        Assert.Empty(laptop.Offences);
        Assert.Empty(phone.Offences);
    }

    [Fact]
    public async Task What_a_button_replaced_comes_back_by_the_notice_and_by_the_keyboard_in_every_editor()
    {
        await using var alex = await browser.SignInAsync("Alex Student");
        var page = alex.Page;
        await alex.GoToAsync("/courses/academic-writing/exercises/revise-for-clarity");
        await page.Locator("#work[data-ready]").WaitForAsync();
        var box = page.Locator("#work");
        await box.FillAsync("My own words.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start over" }).ClickAsync();
        await Expect(box).Not.ToHaveValueAsync("My own words.");
        await page.Locator(".toast").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(box).ToHaveValueAsync("My own words.");

        await UploadAsync(page, "other.txt", "Words from a file.\n");
        await Expect(box).ToHaveValueAsync("Words from a file.\n");
        await box.FocusAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(box).ToHaveValueAsync("My own words.");
        await SavedAsync(page);

        await alex.GoToAsync("/courses/intro-python/exercises/initials");
        await TypeAsync(page, "# my own\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start over" }).ClickAsync();
        await Expect(page.Locator(".cm-content")).Not.ToContainTextAsync("# my own");
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator(".cm-content")).ToContainTextAsync("# my own");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a plain text box" }).ClickAsync();
        var plain = page.Locator("textarea.font-monospace");
        await Expect(plain).ToHaveValueAsync("# my own\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start over" }).ClickAsync();
        await Expect(plain).Not.ToHaveValueAsync("# my own\n");
        await plain.FocusAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(plain).ToHaveValueAsync("# my own\n");
        await SavedAsync(page);
        Assert.Empty(alex.Offences);
    }

    [Fact]
    public async Task A_paste_that_is_too_long_is_refused_in_words_and_nothing_is_lost()
    {
        await using var alex = await browser.SignInAsync("Alex Student", 390);
        var page = alex.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await alex.GoToAsync(Writing);
        await page.Locator("#work[data-ready]").WaitForAsync();
        await page.Locator("#work").FillAsync("My essay.");
        await page.EvaluateAsync("navigator.clipboard.writeText('word '.repeat(40000))");

        await page.Locator("#work").PressAsync("Control+v");

        await Expect(page.Locator("#limit-note")).ToContainTextAsync("That would be 200,009 characters, and this field takes up to 65,536.");
        await Expect(page.Locator("#work")).ToHaveValueAsync("My essay.");
        await PictureAsync(page, "too-long-390");

        await alex.GoToAsync("/courses/intro-python/exercises/group-means");
        await TypeAsync(page, "x = 1");
        await page.Keyboard.PressAsync("Control+v");

        await Expect(page.Locator("#limit-note")).ToContainTextAsync("That would be 200,005 characters");
        await Expect(page.Locator(".cm-content")).ToHaveTextAsync("x = 1");
        Assert.Empty(alex.Offences);
    }

    [Fact]
    public async Task With_the_quota_spent_a_question_about_a_hint_stays_through_a_reload_and_is_sent_when_there_is_one_again()
    {
        await using var alex = await browser.SignInAsync("Alex Student");
        var page = alex.Page;
        using var database = browser.Portal.OpenDatabase();
        await alex.GoToAsync(Writing);
        await page.Locator("#work[data-ready]").WaitForAsync();
        await page.Locator("#work").FillAsync("Sleep research agrees on one thing: teenagers sleep too little.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await Expect(page.Locator(".rate")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask about this hint" }).ClickAsync();
        await page.GetByLabel("Your question about this hint").FillAsync("Which sentence do you mean?");
        await SavedAsync(page);
        try
        {
            await SetUsedAsync(20);
            await page.ReloadAsync();
            await page.Locator("#follow-up[data-ready]").WaitForAsync();
            await Expect(page.Locator("#follow-up")).ToHaveValueAsync("Which sentence do you mean?");

            await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
            await Expect(page.Locator(".hint").GetByRole(AriaRole.Alert)).ToContainTextAsync("You have used today's hints");
            await Expect(page.Locator("#follow-up")).ToHaveValueAsync("Which sentence do you mean?");
            await PictureAsync(page, "quota-spent-1280");
            await page.GetByRole(AriaRole.Button, new() { Name = "More help" }).ClickAsync();
            await Expect(page.Locator(".hint").GetByRole(AriaRole.Alert)).ToContainTextAsync("You have used today's hints");
        }
        finally
        {
            await SetUsedAsync(0);
        }
        await page.EvaluateAsync("dispatchEvent(new Event('focus'))");
        await Expect(page.Locator(".quota")).ToContainTextAsync("20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();

        await Expect(page.Locator("#hint-title")).ToHaveTextAsync("Answer to your question", new() { Timeout = 30_000 });
        await Expect(page.Locator(".own-words").First).ToContainTextAsync("Which sentence do you mean?");
        Assert.Empty(alex.Offences);

        Task<int> SetUsedAsync(int used) => database.ExecuteAsync(
            """
            INSERT INTO quota (course_id, student_id, day, used) VALUES ('academic-writing', 'alex-student', @day, @used)
            ON CONFLICT (course_id, student_id, day) DO UPDATE SET used = excluded.used
            """,
            new { used, day = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, Cancel);
    }

    [Theory]
    [InlineData("SEP = \"a\u2028b\"\r\n\f\r\ndef f(x):\r\n    return x\r\n", "\r\n")]
    [InlineData("SEP = \"a\u2028b\"\n\f\ndef f(x):\n    return x\n", "\n")]
    public async Task A_program_keeps_its_characters_and_line_ends_through_upload_typing_and_leaving(string program, string end)
    {
        await using var alex = await browser.SignInAsync("Alex Student");
        var page = alex.Page;
        await alex.GoToAsync("/courses/intro-python/exercises/read-rainfall");
        await page.Locator(".editor-surface[data-ready]").WaitForAsync();
        await UploadAsync(page, "line-separator.py", program);
        await SavedAsync(page);
        Assert.Equal(program, (await DraftAsync("read-rainfall"))!.Body);

        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.InsertTextAsync("#x");
        await page.GotoAsync("/courses/intro-python");

        var deadline = DateTime.UtcNow.AddSeconds(15);
        while ((await DraftAsync("read-rainfall"))!.Body != program + "#x")
        {
            Assert.True(DateTime.UtcNow < deadline, (await DraftAsync("read-rainfall"))!.Body.Replace(end, "$"));
            await Task.Delay(100, Cancel);
        }
        Assert.Empty(alex.Offences);
    }

    private async Task<WorkDraft?> DraftAsync(string exercise)
    {
        using var database = browser.Portal.OpenDatabase();
        return await new WorkDraftStore(database).FindAsync("intro-python", exercise, new Viewer("alex-student"), Cancel);
    }

    // For looking at; a usual run takes none.
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("TUTOR_LOOK") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }

    private static async Task TypeAsync(IPage page, string program)
    {
        await StudentJourneyTests.TypeProgramAsync(page, program);
        await Expect(page.Locator(".draft-state")).Not.ToHaveTextAsync("");
    }

    private static async Task SavedAsync(IPage page)
    {
        // Typing is told at once and saved a second later.
        await page.WaitForTimeoutAsync(400);
        await Expect(page.Locator(".draft-state")).ToHaveTextAsync("Saved");
    }

    private static Task UploadAsync(IPage page, string name, string content) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(content) });
}
