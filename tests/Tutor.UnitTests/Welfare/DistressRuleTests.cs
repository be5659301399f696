using Tutor.Core.Courses;
using Tutor.Core.Welfare;
using Tutor.Tests.Shared.Welfare;

namespace Tutor.UnitTests.Welfare;

public sealed class DistressRuleTests
{
    [Fact]
    public void At_least_95_percent_of_explicit_messages_are_recognised()
    {
        var missed = DistressMessages.Explicit.Where(m => Find(m) is null).ToList();

        Assert.True(missed.Count <= 0.05 * DistressMessages.Explicit.Count, string.Join('\n', missed));
    }

    [Fact]
    public void At_most_5_percent_of_idioms_and_no_neutral_message_are()
    {
        var idioms = DistressMessages.Idioms.Where(m => Find(m) is not null).ToList();

        Assert.True(idioms.Count <= 0.05 * DistressMessages.Idioms.Count, string.Join('\n', idioms));
        Assert.DoesNotContain(DistressMessages.Neutral, m => Find(m) is not null);
    }

    [Fact]
    public void The_set_has_sixty_messages_each_once() =>
        Assert.Equal(60, DistressMessages.Explicit.Concat(DistressMessages.Idioms).Concat(DistressMessages.Neutral).Distinct().Count());

    [Fact]
    public void The_quote_stands_in_the_message_where_it_says()
    {
        foreach (var message in DistressMessages.Explicit.Select(m => $"Hello, {m}"))
            if (Find(message) is { } found) Assert.Equal(found.Quote, message.Substring(found.Start, found.Quote.Length));
    }

    [Fact]
    public void A_program_is_read_and_an_essay_is_not()
    {
        const string words = "# I want to kill myself\n";

        Assert.Equal("work", DistressRule.Find("", words, ExerciseKind.Code)?.Field);
        Assert.Null(DistressRule.Find("", words, ExerciseKind.Writing));
        Assert.Equal("work", DistressRule.Find("", words, kind: null)?.Field);
    }

    [Theory]
    [InlineData("i want to ")]
    [InlineData("i just really ")]
    [InlineData("don't want to ")]
    [InlineData("i have been planning ")]
    public void Messages_made_to_cost_time_do_not(string unit)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Find(string.Concat(Enumerable.Repeat(unit, 64 * 1024 / unit.Length)));

        Assert.True(watch.ElapsedMilliseconds < 3000, $"took {watch.ElapsedMilliseconds} ms");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7_390)]
    [InlineData(7_895)]
    [InlineData(7_990)]
    [InlineData(16_000)]
    [InlineData(500_000)]
    public void The_words_are_found_wherever_they_stand_in_a_long_text_and_innocent_ones_nowhere(int before)
    {
        var filler = string.Concat(Enumerable.Repeat("a loop ", before / 7 + 1))[..before];
        const string Words = "I want to kill myself";

        var found = Find($"{filler}. {Words} now.");

        Assert.Equal((before + 2 + Words.IndexOf("kill", StringComparison.Ordinal), "kill myself"), (found!.Start, found.Quote));
        for (var shift = 0; shift < 40; shift++)
            Assert.Null(Find($"{filler[Math.Min(shift, filler.Length)..]}. I could kill myself laughing, {filler}"));
    }

    private static Distress? Find(string message) => DistressRule.Find(message, "", ExerciseKind.Code);
}
