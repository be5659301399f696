using CsCheck;
using Tutor.Data.Interactions;
using Tutor.Web.Instructor.Log;

namespace Tutor.UnitTests.Web.Instructor;

public sealed class LogAddressTests
{
    private const long Day = 86_400_000;

    private static readonly Gen<string?> text = Gen.String[Gen.OneOf('a', 'Z', '7', '&', '=', '%', '+', '#', '"', ' ', 'é', '中'), 1, 12]
        .Select(s => s.Trim() is { Length: > 0 } given ? given : null);

    private static readonly Gen<bool?> yesOrNo = Gen.OneOf<bool?>(null, true, false);

    private static readonly Gen<LogFilter> filters =
        Gen.Select(text, text, text, text, Gen.OneOf<int?>(null, 1, 2, 3, 4, 5), yesOrNo, Gen.Int[0, 40_000], Gen.Select(yesOrNo, text, Gen.OneOf<string?>(null, "students", "staff")))
            .Select((words, exercise, test, flag, level, escalated, day, rest) => new LogFilter
            {
                Model = rest.Item2, Check = rest.Item2, By = rest.Item3, Reviewed = rest.Item1,
                Text = words, Exercise = exercise, FailingTest = test, Flag = flag, Level = level, Escalated = escalated,
                From = day % 3 == 0 ? null : day * Day, Until = day % 2 == 0 ? null : (day + 2) * Day,
            });

    [Fact]
    public void An_address_gives_back_the_filter_it_was_made_from() =>
        filters.Sample(filter => Assert.Equal(filter, LogAddress.Read("http://localhost/" + LogAddress.Of("intro-python", filter))));

    [Fact]
    public void The_form_gives_back_the_filter_it_was_filled_with() =>
        filters.Sample(filter => Assert.Equal(filter, LogForm.Of(filter).ToFilter()));

    [Fact]
    public void Every_condition_is_named_and_can_be_taken_away_alone()
    {
        var filter = new LogFilter
        {
            Text = "loop", Exercise = "median", Student = "sam", State = "done", Flag = "any", Rating = "helped", Level = 2, Writer = "model",
            FailingTest = "empty", By = "staff", Model = "small", Check = "UnknownCall", Escalated = true, HeldBack = false, Reviewed = true, From = 10 * Day, Until = 11 * Day,
        };

        var words = FilterWords.Of(filter, null, []);

        Assert.Equal(16, words.Count);
        Assert.All(words, word => Assert.Equal(15, FilterWords.Of(word.Without, null, []).Count));
        Assert.Contains(words, word => word.Text == "1970-01-11");
    }

    [Theory]
    [InlineData("?level=huge&from=yesterday&escalated=perhaps&unknown=1")]
    [InlineData("?q=++&student=")]
    public void What_an_address_says_wrongly_is_left_out(string query) =>
        Assert.True(LogAddress.Read("http://localhost/courses/x/interactions" + query).IsEmpty);
}
