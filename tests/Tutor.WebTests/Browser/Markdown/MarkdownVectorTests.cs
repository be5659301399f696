using System.Diagnostics;
using System.Text;
using Microsoft.Playwright;
using Tutor.Tests.Shared.Markdown;
using Tutor.Web;
using Tutor.Web.Ui;

namespace Tutor.WebTests.Browser.Markdown;

/// <summary>Hostile Markdown in a real browser, as it is stored and as it streams, with and without the portal's content-security policy.</summary>
public sealed class MarkdownVectorTests(PortalBrowser browser)
{
    private const string Inspect =
        """
        () => {
          const tags = new Set(["P","BR","EM","STRONG","DEL","CODE","PRE","UL","OL","LI","BLOCKQUOTE","H2","H3","H4","H5","H6","HR","TABLE","THEAD","TBODY","TR","TH","TD","A","DIV"]);
          const attributes = new Set(["href", "class", "start", "dir"]);
          const bad = [];
          for (const element of document.querySelectorAll("#all *")) {
            if (!tags.has(element.tagName)) bad.push(element.outerHTML.slice(0, 200));
            for (const a of element.attributes) {
              if (a.name === "data-vector") continue;
              if (!attributes.has(a.name)) bad.push(`${a.name}: ${element.outerHTML.slice(0, 200)}`);
              if (a.name === "href" && a.value !== "" && !/^(https?:|mailto:|#)/i.test(a.value)) bad.push(`href ${a.value}`);
            }
            element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
            element.dispatchEvent(new FocusEvent("focus"));
            if (element.tagName === "A" && !/^(https?:|mailto:)/i.test(element.getAttribute("href") ?? "")) element.click();
          }
          return bad;
        }
        """;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task No_vector_runs_a_script_leaves_a_dangerous_node_or_loads_from_elsewhere(bool policy, bool streamed)
    {
        var renderer = new MarkdownRenderer();
        var pieces = new List<string>();
        foreach (var vector in HostileMarkdown.All)
            pieces.Add(streamed ? MarkdownRenderer.RenderPiece(vector).Value : (await renderer.RenderAsync(vector, 3, TestContext.Current.CancellationToken)).Value);

        var seen = await LookAsync(pieces, policy);

        Assert.True(HostileMarkdown.All.Count >= 250, $"{HostileMarkdown.All.Count} vectors");
        Assert.Equal((0, "", ""), (seen.Ran, string.Join('\n', seen.Dangerous), string.Join('\n', seen.Requests)));
    }

    // Whoever changes the vectors learns here whether they still bite.
    [Fact]
    public async Task Written_into_a_page_as_they_are_the_vectors_do_run_and_load()
    {
        var seen = await LookAsync([.. HostileMarkdown.All.Where(v => !v.Contains("refresh", StringComparison.Ordinal) && !v.Contains("<base", StringComparison.Ordinal))], policy: false);

        Assert.True(seen is { Ran: > 10, Dangerous.Count: > 100, Requests.Count: > 5 }, $"{seen.Ran} ran, {seen.Dangerous.Count} dangerous, {seen.Requests.Count} requests");
    }

    [Fact]
    public async Task Texts_that_parsers_choke_on_are_shown_within_a_second_and_a_half()
    {
        // The first text of all loads parser and cleaner.
        await new MarkdownRenderer().RenderAsync("*a*", 3, TestContext.Current.CancellationToken);
        foreach (var (name, text) in HostileMarkdown.Pathological)
        {
            var watch = Stopwatch.StartNew();
            var shown = await new MarkdownRenderer().RenderAsync(text, 3, TestContext.Current.CancellationToken);
            Assert.True(watch.ElapsedMilliseconds <= 1500, $"{name} took {watch.ElapsedMilliseconds} ms");
            Assert.NotEqual("", shown.Value);
        }
    }

    private async Task<Seen> LookAsync(List<string> pieces, bool policy)
    {
        await using var window = await browser.OpenBlankAsync();
        var page = window.Page;
        var (ran, requests) = (0, new List<string>());
        await page.ExposeFunctionAsync("hit", () => { Interlocked.Increment(ref ran); return true; });
        var html = new StringBuilder("<!doctype html><meta charset=utf-8><body><div id=all>");
        for (var i = 0; i < pieces.Count; i++) html.Append("<div data-vector=").Append(i).Append('>').Append(pieces[i]).Append("</div>\n");
        html.Append("</div>");
        await page.RouteAsync("**/*", async route =>
        {
            if (route.Request.Url == "http://markdown.test/")
            {
                await route.FulfillAsync(new()
                {
                    ContentType = "text/html", Body = html.ToString(),
                    Headers = policy ? new Dictionary<string, string> { ["Content-Security-Policy"] = PortalHeaders.ContentSecurityPolicy } : [],
                });
                return;
            }

            if (!route.Request.Url.EndsWith("/favicon.ico", StringComparison.Ordinal)) lock (requests) requests.Add(route.Request.Url);
            await route.AbortAsync();
        });
        page.Dialog += (_, dialog) => { Interlocked.Increment(ref ran); _ = dialog.DismissAsync(); };
        await page.GotoAsync("http://markdown.test/");
        var dangerous = await page.EvaluateAsync<string[]>(Inspect);
        // Handlers of images and media run when their load has failed.
        await page.WaitForTimeoutAsync(500);
        return new Seen(ran, dangerous, requests);
    }

    private sealed record Seen(int Ran, IReadOnlyList<string> Dangerous, IReadOnlyList<string> Requests);
}
