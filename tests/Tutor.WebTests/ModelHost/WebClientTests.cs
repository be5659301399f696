using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tutor.Tests.Shared.Models;
using Tutor.WebTests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.ModelHost;

/// <summary>A web client served by the host itself, as llama.cpp's server serves its own.</summary>
[Trait("Database", "own")]
public sealed class WebClientTests(PortalBrowser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_files_are_for_everyone_and_the_api_stays_for_those_with_a_key()
    {
        var folder = Directory.CreateTempSubdirectory("tutor-web-client-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "<h1>A client</h1>", Cancel);
        await using var host = await ModelHostProcess.StartAsync(new Dictionary<string, string?> { ["Server:WebRoot"] = folder.FullName });
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Address };

        Assert.Equal("<h1>A client</h1>", await client.GetStringAsync("/", Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/v1/models", Cancel)).StatusCode);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Llama_cpps_own_client_asks_and_shows_the_answer()
    {
        var folder = Environment.GetEnvironmentVariable("TUTOR_LLAMA_UI");
        Assert.SkipWhen(folder is null, "TUTOR_LLAMA_UI names no build of llama.cpp's tools/ui (npm ci && npm run build).");
        await using var host = await ModelHostProcess.StartAsync(new Dictionary<string, string?> { ["Server:WebRoot"] = folder, ["Server:ApiKeys:0"] = null });
        await using var person = await browser.OpenBlankAsync();
        await person.Page.GotoAsync(host.Address.ToString());

        var message = person.Page.GetByRole(AriaRole.Textbox).First;
        await message.FillAsync("about loops");
        await message.PressAsync("Enter");

        // It asks at the server's usual temperature, at which the scripted model may take up any of its answers.
        var answer = new Regex(string.Join('|', new[] { ScriptedModel.DefaultAnswer, ScriptedModel.LoopsAnswer, ScriptedModel.RecursionAnswer }.Select(Regex.Escape)));
        await Expect(person.Page.GetByRole(AriaRole.Group, new() { Name = "Assistant message" }).GetByText(answer)).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(person.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^[0-9]+ tokens$") }).First).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("TUTOR_LOOK") is { } pictures) await person.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "llama-ui.png") });
    }
}
