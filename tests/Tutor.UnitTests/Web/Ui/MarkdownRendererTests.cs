using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class MarkdownRendererTests
{
    private static readonly string[] harmful =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,x)",
        "[x](vbscript:x)", "<javascript:alert(1)>", "![x](https://elsewhere.example/pixel?work)", "![x](javascript:alert(1))", "# h {onclick=alert(1)}",
        "[x](<javascript:alert(1)>)", "[x]: javascript:alert(1)\n\n[x]", "<a href=\"javascript:alert(1)\">x</a>", "<svg/onload=alert(1)>",
        "[x](//elsewhere.example)", "| a |\n|:-:|\n| <b onclick=x> |", "<details open ontoggle=alert(1)>", "&#60;script&#62;alert(1)&#60;/script&#62;",
    ];

    public static TheoryData<string> Harmful => [.. harmful];

    [Theory, MemberData(nameof(Harmful))]
    public async Task Stored_text_can_neither_run_nor_fetch_anything(string markdown)
    {
        var html = await new MarkdownRenderer().RenderAsync(markdown, 3, TestContext.Current.CancellationToken);

        AssertHarmless(html.Value);
    }

    [Theory, MemberData(nameof(Harmful))]
    public void A_streamed_piece_can_neither_run_nor_fetch_anything(string markdown) => AssertHarmless(MarkdownRenderer.RenderPiece(markdown).Value);

    [Fact]
    public async Task Python_in_a_hint_is_coloured_by_class_and_its_text_is_unchanged()
    {
        const string code = "def total(numbers):  # adds <b>\n    return sum(numbers) + 1 if numbers else \"none & 'x'\"";

        var html = await new MarkdownRenderer().RenderAsync($"```python\n{code}\n```", 3, TestContext.Current.CancellationToken);

        var block = Parse(html.Value).QuerySelector("pre > code")!;
        Assert.Equal(code, block.TextContent.TrimEnd('\n'));
        Assert.Equal(
            ["code-keyword def", "code-function total", "code-comment # adds <b>", "code-keyword return", "code-function sum", "code-number 1",
                "code-keyword if", "code-keyword else", "code-string \"none & 'x'\""],
            block.QuerySelectorAll("span").Select(span => $"{span.ClassName} {span.TextContent}"));
        Assert.Empty(Parse(html.Value).QuerySelectorAll("[style]"));
        // While it streams it looks the same.
        Assert.Equal(Parse(html.Value).Body!.InnerHtml.Trim(), Parse(MarkdownRenderer.RenderPiece($"```python\n{code}\n```").Value).Body!.InnerHtml.Trim());
    }

    [Theory]
    [InlineData("```\nfor x in y\n```")]
    [InlineData("```java\nfor (int i = 0;;) {}\n```")]
    [InlineData("    for x in y")]
    public async Task Code_of_no_known_language_stays_plain(string markdown)
    {
        var html = await new MarkdownRenderer().RenderAsync(markdown, 3, TestContext.Current.CancellationToken);

        Assert.Empty(Parse(html.Value).QuerySelectorAll("span"));
        Assert.StartsWith("for", Parse(html.Value).QuerySelector("pre > code")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[notes](https://docs.python.org/3/)", "https://docs.python.org/3/")]
    [InlineData("[mail](mailto:ta@example.org)", "mailto:ta@example.org")]
    [InlineData("https://docs.python.org/3/", "https://docs.python.org/3/")]
    public async Task Web_and_mail_links_stay(string markdown, string address)
    {
        var html = await new MarkdownRenderer().RenderAsync(markdown, 3, TestContext.Current.CancellationToken);

        Assert.Equal(address, Parse(html.Value).QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_image_becomes_its_description()
    {
        var html = await new MarkdownRenderer().RenderAsync("![a chart](https://elsewhere.example/x.png)", 3, TestContext.Current.CancellationToken);

        Assert.Equal("[a chart]", Parse(html.Value).Body!.TextContent.Trim());
    }

    [Fact]
    public async Task Headings_stay_below_those_of_the_page()
    {
        var html = await new MarkdownRenderer().RenderAsync("# One\n\n## Two\n\n###### Six", 3, TestContext.Current.CancellationToken);

        Assert.Equal(["H3", "H4", "H6"], Parse(html.Value).QuerySelectorAll("h1,h2,h3,h4,h5,h6").Select(h => h.TagName));
    }

    [Fact]
    public void Aligned_tables_carry_no_style_attribute()
    {
        var html = MarkdownRenderer.RenderPiece("| a | b |\n|--:|:-:|\n| 1 | 2 |").Value;

        Assert.Equal(2, Parse(html).QuerySelectorAll("td").Length);
        Assert.DoesNotContain("style", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", 1000)]
    [InlineData("> ", 400)]
    [InlineData("1. ", 5000)]
    public async Task Text_nested_too_deeply_is_shown_as_it_is(string opening, int times)
    {
        var text = string.Concat(Enumerable.Repeat(opening, times)) + "end";

        var html = await new MarkdownRenderer().RenderAsync(text, 3, TestContext.Current.CancellationToken);

        Assert.Contains("end", Parse(html.Value).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_over_the_limit_is_shown_as_it_is()
    {
        var html = MarkdownRenderer.RenderPiece("**bold** " + new string('x', MarkdownRenderer.LongestText)).Value;

        Assert.StartsWith("<pre class=\"plain\">**bold**", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_would_take_seconds_gives_up_after_one()
    {
        var slow = string.Concat(Enumerable.Repeat("![a](", 3200));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await new MarkdownRenderer().RenderAsync(slow, 3, TestContext.Current.CancellationToken);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"It took {watch.Elapsed}.");
    }

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static void AssertHarmless(string html)
    {
        foreach (var element in Parse(html).Body!.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.LocalName, (string[])["script", "img", "svg", "iframe", "object", "style", "details", "b"]);
            foreach (var attribute in element.Attributes)
                Assert.True(attribute is { Name: "href" or "class" or "start" } or { Name: "dir", Value: "auto" }, $"{attribute.Name}=\"{attribute.Value}\"");
            if (element.GetAttribute("href") is { Length: > 0 } address)
                Assert.Matches("^(https?:|mailto:|#)", address);
        }
    }
}
