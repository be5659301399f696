using Tutor.Core.Times;
using Tutor.Web.Student;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class WordsTests
{
    private static readonly DateTimeOffset now = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-10, "just now")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(-59 * 60, "59 minutes ago")]
    [InlineData(-3600, "1 hour ago, 12:00")]
    [InlineData(-11 * 3600, "11 hours ago, 02:00")]
    [InlineData(-13 * 3600 - 60, "28 Feb 2027, 23:59")]
    [InlineData(-60 * 24 * 3600, "31 Dec 2026, 13:00")]
    [InlineData(5, "in a moment")]
    [InlineData(50 * 60, "1 Mar 2027, 13:50 (in 50 minutes)")]
    [InlineData(90 * 60, "1 Mar 2027, 14:30 (in 1 hour)")]
    [InlineData(36 * 3600 + 1800, "3 Mar 2027, 01:30 (in 36 hours)")]
    [InlineData(2 * 24 * 3600, "3 Mar 2027, 13:00")]
    public void Time_is_told_as_people_tell_it_by_the_clocks_of_the_course(int seconds, string words) =>
        Assert.Equal(words, ElapsedTime.Words(now.AddSeconds(seconds), now, CourseTime.Of("Europe/Berlin")));

    [Fact]
    public void A_due_date_is_read_by_the_clocks_of_the_place_it_was_set_for() =>
        Assert.Equal("1 Mar 2027, 23:59", ElapsedTime.Words(new DateTimeOffset(2027, 3, 1, 23, 59, 0, TimeSpan.FromHours(-8)), now.AddDays(-20), CourseTime.Of("America/Los_Angeles")));

    [Theory]
    [InlineData("", 0)]
    [InlineData("   \n ", 0)]
    [InlineData("one", 1)]
    [InlineData("one two\nthree", 3)]
    [InlineData("well-known – and so on…", 4)]
    [InlineData("It's 7 o'clock.", 3)]
    public void Words_are_counted_as_a_word_processor_does(string text, int count) => Assert.Equal(count, WordCount.Of(text));

    [Theory]
    [InlineData("## Look at **line 2**\n\nmore", "Look at line 2")]
    [InlineData("\n\n- `range` stops early", "range stops early")]
    [InlineData("a fairly long sentence that has to end somewhere", "a fairly long sentence…")]
    [InlineData("How did it *grew*, really?", "How did it grew, really?")]
    [InlineData("Is `a*b` or a * b **it**?", "Is a*b or a * b it?")]
    [InlineData("```python\nfor x in y:\n    print(x)\n```\n\nLook at **x**\nat the end.", "Look at x at the end.")]
    [InlineData("```\nfor x in y:\n```", "for x in y:")]
    public void The_first_line_of_a_hint_is_shown_in_lists(string markdown, string line) => Assert.Equal(line, FirstLine.Of(markdown, 24));
}
