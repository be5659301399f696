using System.Diagnostics;
using Microsoft.Playwright;
using Tutor.Tests.Shared.Models;
using Tutor.WebTests.ModelHost;
using Tutor.WebTests.Portal;
using static Microsoft.Playwright.Assertions;

namespace Tutor.WebTests.Browser.Student;

/// <summary>Hints from a model file in the portal's own process, and from a model host on another port: only settings differ.</summary>
public sealed class EmbeddedModelTests(PortalBrowser browser)
{
    private static readonly string[] lines = TestModels.SlowAnswer.Split("\n\n");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hint_of_the_model_in_the_portal_streams_is_stopped_and_followed_up()
    {
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string>().WithModel(TestModels.Slow));

        await FollowAsync(portal);

        Assert.Contains("answers at once, up to 16384 tokens each", portal.Output, StringComparison.Ordinal);
        Assert.Contains("chat template chatml (recognised from the file)", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_through_a_model_host_on_another_port()
    {
        await using var host = await SlowHost.StartAsync();
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string>().WithModelHosts(ModelHostProcess.Key, host.Api));

        var whole = 0;
        await FollowAsync(portal, async () => whole = await host.WrittenAsync());

        // The word of the stop goes through the portal to the host.
        var from = Stopwatch.GetTimestamp();
        while (await host.RunningAsync() > 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(30), "The host still writes.");
            await Task.Delay(50, Cancel);
        }
        Assert.InRange(await host.WrittenAsync() - whole, 1, whole - 1);
    }

    private async Task FollowAsync(PortalProcess portal, Func<Task>? whenAnswered = null)
    {
        await using var robin = await browser.SignInAsync("Robin Student", portal: portal);
        var page = robin.Page;
        await robin.GoToAsync("/courses/academic-writing/exercises/thesis-paragraph");
        await page.Locator("textarea[data-ready]").First.WaitForAsync();
        await page.GetByRole(AriaRole.Textbox).First.FillAsync("First-year students should come to lectures, because habits form early. Some say that recordings are enough.");

        // Streamed: the first lines are there while the last is not.
        await page.GetByRole(AriaRole.Button, new() { Name = "Get a hint" }).ClickAsync();
        await Expect(page.Locator(".streaming")).ToContainTextAsync(lines[1], new() { Timeout = 120_000 });
        Assert.DoesNotContain(lines[^1], await page.Locator(".hint").InnerTextAsync(), StringComparison.Ordinal);
        await Expect(page.Locator(".hint-text")).ToContainTextAsync(lines[^1], new() { Timeout = 30_000 });
        await Expect(page.Locator(".hint")).ToContainTextAsync("Written by a language model (tutor-scripted)");

        if (whenAnswered is not null) await whenAnswered();

        // Followed up, and stopped half way.
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask about this hint" }).ClickAsync();
        await page.GetByLabel("Your question about this hint").FillAsync("What do you mean by that?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.Locator(".streaming")).ToContainTextAsync(lines[1], new() { Timeout = 60_000 });
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".hint").First).ToContainTextAsync("You stopped this hint.");
        await Expect(page.Locator(".hint").First).Not.ToContainTextAsync(lines[^1]);
        Assert.Empty(robin.Offences);
    }
}
