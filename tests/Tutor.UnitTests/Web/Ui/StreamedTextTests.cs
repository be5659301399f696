using CsCheck;
using Tutor.Web.Ui;

namespace Tutor.UnitTests.Web.Ui;

public sealed class StreamedTextTests
{
    private static readonly Gen<string> markdown = Gen.OneOf(new[] { "word ", "two words\n", "\n", "\n\n", "```\n", "```python\n", "~~~\n", "- item\n", "  \n" }.Select(Gen.Const).ToArray())
        .Array[0, 40].Select(string.Concat);

    [Fact]
    public void However_it_is_cut_into_pieces_the_text_is_the_same() =>
        Gen.Select(markdown, Gen.Int[1, 9]).Sample((text, size) =>
        {
            var streamed = new StreamedText();
            for (var i = 0; i < text.Length; i += size)
                streamed.Append(text.Substring(i, Math.Min(size, text.Length - i)));

            Assert.Equal(text, streamed.Whole);
            Assert.Equal(text.Length, streamed.Length);
        }, iter: 2000);

    [Fact]
    public void However_it_is_cut_into_pieces_the_same_paragraphs_are_frozen() =>
        Gen.Select(markdown, Gen.Int[1, 9]).Sample((text, size) =>
        {
            var (pieces, whole) = (new StreamedText(), new StreamedText());
            for (var i = 0; i < text.Length; i += size)
                pieces.Append(text.Substring(i, Math.Min(size, text.Length - i)));
            whole.Append(text);

            Assert.Equal(whole.Finished, pieces.Finished);
        }, iter: 2000);

    [Fact]
    public void A_paragraph_is_frozen_at_its_blank_line()
    {
        var text = new StreamedText();

        text.Append("One.\n\nTwo");

        Assert.Equal(["One.\n\n"], text.Finished);
        Assert.Equal("Two", text.Tail);
    }

    [Fact]
    public void A_blank_line_in_a_code_fence_freezes_nothing()
    {
        var text = new StreamedText();

        text.Append("```python\na = 1\n\nb = 2\n");

        Assert.Empty(text.Finished);
    }

    [Fact]
    public void What_the_reader_saw_too_much_of_is_taken_back()
    {
        var text = new StreamedText();
        text.Append("One.\n\nTwo and mo");

        text.Put(9, " or three");

        Assert.Equal("One.\n\nTwo or three", text.Whole);
        Assert.Equal(1, text.Generation);
    }

    [Fact]
    public void A_text_that_begins_anew_keeps_nothing()
    {
        var text = new StreamedText();
        text.Append("One.\n\nTwo");

        text.Restart();

        Assert.True(text.IsEmpty);
        Assert.Equal(0, text.Length);
    }
}
