using Tutor.Core.Interactions;

namespace Tutor.UnitTests.Interactions;

public sealed class HiddenRunsTests
{
    [Theory]
    [InlineData("کتاب\u200cها")]
    [InlineData("👨\u200d👩\u200d👧")]
    [InlineData("שלום\u200f.")]
    [InlineData("می\u200c\u200cروم")]
    [InlineData("葛\U000E0100城")]
    [InlineData("cafe\u0301")]
    [InlineData("a\u2028b\tc\nd")]
    public void What_belongs_to_the_writing_is_not_hidden(string text) => Assert.Empty(HiddenRuns.In(text));

    [Fact]
    public void A_broken_half_of_a_character_is_named() => Assert.Equal("[broken]", HiddenRuns.Name("\ud800"));

    [Theory]
    [InlineData("a\u202eb", "[U+202E]")]
    [InlineData("a\u200bb", "[U+200B]")]
    [InlineData("a\fb", "[U+000C]")]
    [InlineData("a\U000E0068\U000E0069\U000E0021b", "[U+E0068 and 2 more hidden characters]")]
    [InlineData("a\u200d\u200c\u200d\u200cb", "[U+200D and 3 more hidden characters]")]
    public void What_can_carry_words_unseen_is_named(string text, string name)
    {
        var (start, length) = Assert.Single(HiddenRuns.In(text));

        Assert.Equal((1, text.Length - 2), (start, length));
        Assert.Equal(name, HiddenRuns.Name(text.AsSpan(start, length)));
    }
}
