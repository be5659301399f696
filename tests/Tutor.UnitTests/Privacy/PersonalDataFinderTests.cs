using Tutor.Core.Privacy;
using Tutor.Tests.Shared.Privacy;

namespace Tutor.UnitTests.Privacy;

public sealed class PersonalDataFinderTests
{
    private static readonly PersonalDataFinder finder = new(new PrivacyOptions());
    private static readonly IReadOnlyList<LabelledMessage> messages = new ClassroomMessages().Write(480);

    [Fact]
    public void Of_the_names_of_a_roster_at_least_97_in_100_are_found()
    {
        var figures = PrivacyFigures.Of(messages, finder, ClassroomNames.Roster, PersonalDataKind.Name);

        Assert.True(figures.Recall >= 0.97, $"{figures.Recall:0.000}\n{Missed()}");
    }

    [Theory]
    [InlineData(PersonalDataKind.Email)]
    [InlineData(PersonalDataKind.StudentId)]
    public void Of_addresses_and_ids_at_least_99_in_100_are_found(PersonalDataKind kind) =>
        Assert.True(PrivacyFigures.Of(messages, finder, ClassroomNames.Roster, kind).Recall >= 0.99, Missed());

    [Fact]
    public void What_is_found_is_right_more_often_than_six_times_in_ten()
    {
        var figures = PrivacyFigures.Of(messages, finder, ClassroomNames.Roster);

        Assert.True(figures.Precision >= 0.60, $"{figures.Precision:0.000}\n{string.Join('\n', PrivacyFigures.Invented(messages, finder, ClassroomNames.Roster).Take(30))}");
    }

    [Fact]
    public void Messages_that_name_nobody_are_left_alone()
    {
        var harmless = messages.Where(m => m.Tradition == "nobody");

        Assert.Empty(PrivacyFigures.Invented(harmless, finder, ClassroomNames.Roster));
    }

    [Theory]
    [InlineData("MARIA JOSE QUINTANAR", "MARIA JOSE QUINTANAR")]
    [InlineData("quintanar lopez, maria", "quintanar lopez, maria")]
    [InlineData("see ouyangjingyi.py", "ouyangjingyi")]
    [InlineData("Will you help me?", "")]
    [InlineData("hi will, can you help me?", "")]
    [InlineData("Hi Will, can you help me?", "Will")]
    [InlineData("rose = 3", "")]
    [InlineData("The Rose grows in May.", "")]
    public void Names_are_found_in_any_order_and_words_are_not(string text, string expected)
    {
        var found = finder.Find(text, ClassroomNames.Roster).Select(f => text.Substring(f.Start, f.Length));

        Assert.Equal(expected.Length == 0 ? [] : [expected], found);
    }

    [Theory]
    [InlineData("Pay it to GB82 WEST 1234 5698 7654 32 please.", "GB82 WEST 1234 5698 7654 32")]
    [InlineData("AT61 1904 3002 3457 3201 with my name", "AT61 1904 3002 3457 3201")]
    [InlineData("BE68 5390 0754 7034 is mine", "BE68 5390 0754 7034")]
    [InlineData("fr1420041010050500013m02606", "fr1420041010050500013m02606")]
    [InlineData("commit ab12c0ffee00c0ffee00c0ffee00c0ff", "")]
    [InlineData("GB82 WEST 1234 5698 7654 33", "")]
    public void Account_numbers_are_told_from_hashes_by_their_check_digits(string text, string expected)
    {
        var found = finder.Find(text, Roster.Empty).Select(f => text.Substring(f.Start, f.Length));

        Assert.Equal(expected.Length == 0 ? [] : [expected], found);
    }

    [Fact]
    public void The_plural_of_a_word_is_nobodys_user_name() =>
        Assert.Empty(finder.Find("First-year students are no hunters.", new Roster([new("1", "Sam Student"), new("2", "Sue Hunter")]), "1"));

    [Theory]
    [InlineData("[2027, 3141592653, 271828182]")]
    [InlineData("on 2027-03-01 at 09:30:00")]
    [InlineData("x = 1.6180339887")]
    [InlineData("http://127.0.0.1:8000/items/42")]
    [InlineData("matrix = [[010, 020, 030], [040, 050, 060]]")]
    [InlineData("version 3.11.2.1")]
    public void Numbers_of_a_program_are_left_alone(string text) => Assert.Empty(finder.Find(text, Roster.Empty));

    [Theory]
    [InlineData("my key is ghp_abcdefghijklmnopqrstuvwxyz0123", PersonalDataKind.Secret)]
    [InlineData("see github.com/octo-person/lab1", PersonalDataKind.Address)]
    [InlineData("4539 1488 0343 6467", PersonalDataKind.Number)]
    [InlineData("maria at uni dot edu", PersonalDataKind.Email)]
    [InlineData("id 3f2504e0-4f89-41d3-9a0c-0305e82c3301", PersonalDataKind.Identifier)]
    public void Keys_profiles_cards_and_ids_are_found(string text, PersonalDataKind kind) => Assert.Equal(kind, Assert.Single(finder.Find(text, Roster.Empty)).Kind);

    [Fact]
    public void A_masked_prompt_keeps_its_lines_and_its_identifiers()
    {
        var author = ClassroomNames.All[0].Person;
        const string work = "# Grace Whitfield, s1234567\ndef grace_mean(values):\n    return mean(values)\n";

        var masked = PromptMask.Mask(work, finder, ClassroomNames.Roster, author.Id, out var count);

        Assert.Equal("# [name], [student id]\ndef grace_mean(values):\n    return mean(values)\n", masked);
        Assert.Equal(2, count);
    }

    [Theory]
    [InlineData("maria ")]
    [InlineData("12 ")]
    [InlineData("a.b@")]
    [InlineData("Maria Lopez, ")]
    [InlineData("+49 ")]
    public void Texts_made_to_cost_time_do_not(string unit)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        finder.Find(string.Concat(Enumerable.Repeat(unit, 64 * 1024 / unit.Length)), ClassroomNames.Roster);

        Assert.True(watch.ElapsedMilliseconds < 5000, $"took {watch.ElapsedMilliseconds} ms");
    }

    private static string Missed() => string.Join('\n', PrivacyFigures.Missed(messages, finder, ClassroomNames.Roster).Take(30));
}
