using Bunit;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class NumberedTextTests : BunitContext
{
    [Fact]
    public void Every_line_has_its_number_and_copying_takes_the_text_alone()
    {
        var shown = Render<NumberedText>(p => p.Add(t => t.Text, "def f():\r\n    return 1\n").Add(t => t.Label, "Work"));

        Assert.Equal(["1", "2"], shown.FindAll("[data-line]").Select(line => line.GetAttribute("data-line")));
        Assert.Equal("def f():\n    return 1\n", shown.Find("code").TextContent);
    }

    [Fact]
    public void Lines_and_marks_are_counted_in_the_text_as_it_came()
    {
        var shown = Render<NumberedText>(p => p.Add(t => t.Text, "s = 'a\u2028b'\r\n\r\nbad").Add(t => t.Label, "Work").Add(t => t.Line, 3).Add(t => t.Marks, [new TextMark(13, 3, "why")]));

        Assert.Equal(3, shown.FindAll("[data-line]").Count);
        Assert.Equal("bad", shown.Find(".line-marked mark").TextContent);
    }

    [Fact]
    public void A_mark_stands_on_its_words_also_over_the_end_of_a_line()
    {
        var shown = Render<NumberedText>(p => p.Add(t => t.Text, "one two\nthree").Add(t => t.Label, "Work")
            .Add(t => t.Marks, [new TextMark(4, 9, "why"), new TextMark(-3, 2, "before the text"), new TextMark(40, 2, "after it")]));

        Assert.Equal(["two", "three"], shown.FindAll("mark").Select(mark => mark.TextContent));
    }

    [Fact]
    public void Words_keep_their_joiners_and_what_is_hidden_shows()
    {
        var shown = Render<NumberedText>(p => p.Add(t => t.Text, "کتاب\u200cها 👨\u200d👩 x\u202ey").Add(t => t.Label, "Work"));

        Assert.Equal("کتاب\u200cها 👨\u200d👩 xU+202Ey\n", shown.Find("code").TextContent);
        Assert.Equal("U+202E", Assert.Single(shown.FindAll(".hidden-char")).TextContent);
    }

    [Fact]
    public void What_a_student_wrote_is_text_and_never_markup()
    {
        var shown = Render<NumberedText>(p => p.Add(t => t.Text, "<img src=x onerror=alert(1)>").Add(t => t.Label, "Work").Add(t => t.Marks, [new TextMark(0, 4, "\"<b>")]));

        Assert.Empty(shown.FindAll("img, b"));
        Assert.Equal("<img src=x onerror=alert(1)>\n", shown.Find("code").TextContent);
    }
}
