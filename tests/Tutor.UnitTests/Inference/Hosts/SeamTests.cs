using CsCheck;
using Tutor.Inference.Hosts.Replies;

namespace Tutor.UnitTests.Inference.Hosts;

public sealed class SeamTests
{
    private const string Words = "Your loop visits every amount, and that part is right. What happens with an empty list?\n\nTry one by hand.";

    [Fact]
    public void A_host_that_goes_on_is_joined_without_a_change_wherever_the_first_one_stopped()
    {
        // Tokens carry the blank before a word, so a host that continues begins with it.
        foreach (var at in Enumerable.Range(1, Words.Length - 1).Where(at => !char.IsWhiteSpace(Words[at - 1])))
            Assert.Equal((Words, false), Join(Words[..at], Words[at..]));
    }

    [Fact]
    public void A_host_that_writes_its_answer_from_the_start_says_nothing_twice()
    {
        foreach (var at in Enumerable.Range(12, Words.Length - 12))
            Assert.Equal((Words, false), Join(Words[..at], Words));
    }

    [Theory]
    [InlineData("That part is right. Your loop visits", "Your loop visits every amount.", "That part is right. Your loop visits every amount.")]
    [InlineData("Look at the loo", "loop over the list.", "Look at the loop over the list.")]
    [InlineData("What can there be?", "what else?", "What can there be? what else?")]
    [InlineData("Use `Dec", "imal` here.", "Use `Decimal` here.")]
    [InlineData("Use `", "Decimal` here.", "Use `Decimal` here.")]
    [InlineData("Look at it. ", "Then go on.", "Look at it. Then go on.")]
    [InlineData("看第一", "个测试。", "看第一个测试。")]
    public void The_seam_shows_neither_a_repeat_nor_glue(string written, string next, string whole) => Assert.Equal((whole, false), Join(written, next));

    [Theory]
    [InlineData("Your loop is right. What can there be?", "Consider what happens with an empty input.")]
    [InlineData("Your loop visits each", "Consider what happens with an empty input.")]
    [InlineData("Your loop visits each,", "**Consider** the empty input.")]
    public void An_answer_of_its_own_is_not_put_behind_half_of_another(string written, string next) => Assert.True(Join(written, next).Anew);

    [Fact]
    public void It_does_not_matter_how_the_next_text_is_cut_into_pieces()
    {
        Gen.Select(Gen.Int[1, Words.Length - 1], Gen.Int[1, 12], Gen.Bool).Sample((at, size, again) =>
            Assert.Equal(Join(Words[..at], again ? Words : Words[at..]), Join(Words[..at], again ? Words : Words[at..], size)));
    }

    private static (string Text, bool Anew) Join(string written, string next, int size = int.MaxValue)
    {
        var seam = new Seam(written);
        var text = written + string.Concat(next.Chunk(Math.Min(size, next.Length)).Select(piece => seam.Push(new(piece), final: false)));
        return (text + seam.Push("", final: true), seam.BeginsAnew);
    }
}
