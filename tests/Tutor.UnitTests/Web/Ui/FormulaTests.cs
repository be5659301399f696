using AngleSharp.Html.Parser;
using Tutor.Tests.Shared;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class FormulaTests
{
    [Theory]
    [InlineData(@"The mean is $\frac{1}{n}\sum x_i$ and \(x^2 + y_1 * z_1 * w\), \{so\}.", @"$\frac{1}{n}\sum x_i$", @"\(x^2 + y_1 * z_1 * w\)")]
    [InlineData("Look:\n\n$$\na^2\n+ b^2\n= c^2\n$$\n\nThat is it.", "$$\na^2\n+ b^2\n= c^2\n$$")]
    [InlineData("Look: \\[ e = mc^2 \\, \\] too.", @"\[ e = mc^2 \, \]")]
    [InlineData("\\[\n\\begin{cases} 1 \\\\ 2 \\end{cases}\n\\]", "\\[\n\\begin{cases} 1 \\\\ 2 \\end{cases}\n\\]")]
    [InlineData("It costs $5 and $6, **not** more.")]
    [InlineData("A price of 5$ and one of 6 $.")]
    [InlineData("`$x_1$` is code.")]
    public async Task A_formula_is_shown_as_it_was_written(string markdown, params string[] formulas)
    {
        var stored = await new MarkdownRenderer().RenderAsync(markdown, 3, TestContext.Current.CancellationToken);

        Assert.Equal(formulas, Formulas(stored.Value));
        Assert.Equal(formulas, Formulas(MarkdownRenderer.RenderPiece(markdown).Value));
    }

    [Theory]
    [InlineData(@"So \(x_1 \, y")]
    [InlineData(@"So \[ x \{ y")]
    [InlineData(@"So $\frac{1}{n} \{ y")]
    [InlineData("So $$ a_1 * b_1 * c")]
    [InlineData("$$\n- a \\{")]
    public void A_formula_that_still_streams_keeps_its_backslashes(string tail)
    {
        var formula = Assert.Single(Formulas(MarkdownRenderer.RenderPiece(tail).Value));

        Assert.EndsWith(formula, tail);
    }

    [Fact]
    public void A_formula_cannot_bring_markup_in() =>
        Assert.DoesNotContain("<img", MarkdownRenderer.RenderPiece("$<img src=x onerror=alert(1)>$ \\(<img>\\)\n\n$$\n<img>\n$$").Value);

    [Theory]
    [InlineData("$")]
    [InlineData("\\(")]
    [InlineData("$a\\")]
    [InlineData("\\[\n")]
    public void Signs_without_an_end_cost_no_time(string unit)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        MarkdownRenderer.RenderPiece(string.Concat(Enumerable.Repeat(unit, 16_000 / unit.Length)));

        Assert.True(watch.ElapsedMilliseconds < 2000, $"took {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task The_formulas_of_a_hint_that_went_wrong_elsewhere_keep_every_sign()
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        var hint = await File.ReadAllTextAsync(Path.Combine(SharedData.Folder!, "faults", "hint_math.md"), TestContext.Current.CancellationToken);

        var shown = new HtmlParser().ParseDocument((await new MarkdownRenderer().RenderAsync(hint, 3, TestContext.Current.CancellationToken)).Value).Body!.TextContent;

        foreach (var formula in (string[])[@"$\frac{1}{n}\sum x_i$", @"\(x^2 + y_1\)", "$$\na^2 + b^2 = c^2\n$$", @"\[ e = mc^2 \]"]) Assert.Contains(formula, shown);
    }

    [Fact]
    public void Each_paragraph_runs_the_way_its_letters_do()
    {
        var html = new HtmlParser().ParseDocument(MarkdownRenderer.RenderPiece("مرحبا `len(x)`\n\n- hello\n- שלום\n\n## עוד\n\n> כן").Value);

        Assert.All(html.QuerySelectorAll("p, li, h4, h5"), block => Assert.Equal("auto", block.GetAttribute("dir")));
        Assert.NotEmpty(html.QuerySelectorAll("li"));
    }

    private static IEnumerable<string> Formulas(string html) => new HtmlParser().ParseDocument(html).QuerySelectorAll(".math").Select(m => m.TextContent);
}
