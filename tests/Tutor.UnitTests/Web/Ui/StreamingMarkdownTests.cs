using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class StreamingMarkdownTests : BunitContext
{
    private readonly FakeTimeProvider time = new();
    private readonly StreamedText text = new();

    public StreamingMarkdownTests() => Services.AddSingleton<TimeProvider>(time);

    [Fact]
    public void Pieces_that_come_fast_are_rendered_ten_times_a_second()
    {
        var view = Show();
        var before = view.RenderCount;

        for (var i = 0; i < 50; i++)
            text.Append("word ");
        time.Advance(TimeSpan.FromMilliseconds(100));

        view.WaitForAssertion(() => Assert.Contains("word", view.Find(".streaming").TextContent, StringComparison.Ordinal));
        Assert.Equal(before + 1, view.RenderCount);
    }

    [Fact]
    public void A_screen_reader_hears_the_beginning_and_the_end_and_not_the_words()
    {
        var view = Show();
        var status = () => view.Find("[role=status]").TextContent;
        Assert.Equal("", status());

        text.Append("Look at line two.");
        time.Advance(TimeSpan.FromMilliseconds(100));
        view.WaitForAssertion(() => Assert.Equal("Tutor is answering.", status()));

        text.Append(" What is in it?");
        time.Advance(TimeSpan.FromMilliseconds(100));
        view.WaitForAssertion(() => Assert.Contains("What is in it?", view.Markup, StringComparison.Ordinal));
        Assert.Equal("Tutor is answering.", status());

        text.Finish();
        time.Advance(TimeSpan.FromMilliseconds(100));
        view.WaitForAssertion(() => Assert.Equal("Hint ready, 8 words.", status()));
    }

    [Fact]
    public void The_growing_text_is_busy_until_it_is_done_and_no_live_region()
    {
        var view = Show();
        Assert.Equal("true", view.Find("[role=article]").GetAttribute("aria-busy"));
        Assert.Null(view.Find("[role=article]").GetAttribute("aria-live"));

        text.Finish();
        time.Advance(TimeSpan.FromMilliseconds(100));

        view.WaitForAssertion(() => Assert.Equal("false", view.Find("[role=article]").GetAttribute("aria-busy")));
    }

    [Fact]
    public void A_piece_held_back_is_said_to_be_checked()
    {
        var view = Show();

        text.Hold();
        time.Advance(TimeSpan.FromMilliseconds(100));

        view.WaitForAssertion(() => Assert.Contains("Checking a piece of code", view.Find(".held").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_finished_paragraph_is_not_rendered_again()
    {
        var view = Show();
        text.Append("One.\n\nTwo");
        time.Advance(TimeSpan.FromMilliseconds(100));
        view.WaitForAssertion(() => Assert.NotEmpty(view.FindComponents<MarkdownPiece>()));
        var piece = view.FindComponent<MarkdownPiece>();
        var renders = piece.RenderCount;

        text.Append(" and more");
        time.Advance(TimeSpan.FromMilliseconds(100));

        view.WaitForAssertion(() => Assert.Contains("and more", view.Markup, StringComparison.Ordinal));
        Assert.Equal(renders, piece.RenderCount);
    }

    private IRenderedComponent<StreamingMarkdown> Show() => Render<StreamingMarkdown>(p => p.Add(v => v.Text, text));
}
