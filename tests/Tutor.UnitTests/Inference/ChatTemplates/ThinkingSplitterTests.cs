using CsCheck;
using Tutor.Inference.ChatTemplates;

namespace Tutor.UnitTests.Inference.ChatTemplates;

public sealed class ThinkingSplitterTests
{
    [Theory]
    [InlineData(false, "<think>\nWhy? a < b </thin> x\n</think>\n\nLook at <think> here.", "\nWhy? a < b </thin> x\n", "Look at <think> here.")]
    [InlineData(true, "Why?\n</think>\n\nLook.", "Why?\n", "Look.")]
    [InlineData(false, "\n<think>\n\n</think>\n\nLook.", "\n\n", "Look.")]
    [InlineData(false, "Look.", "", "Look.")]
    [InlineData(false, "  < 3 is not a mark", "", "  < 3 is not a mark")]
    [InlineData(true, "never ends </thi", "never ends </thi", "")]
    [InlineData(false, "<thi", "", "<thi")]
    [InlineData(true, "x</think>  \n", "x", "")]
    public void Thoughts_and_answer_come_apart_however_the_text_is_cut(bool opensInPrompt, string text, string thoughts, string answer) =>
        Gen.Int[1, 9].Array[text.Length].Sample(sizes =>
        {
            var splitter = new ThinkingSplitter(opensInPrompt);
            var pieces = new List<SplitText>();
            for (int at = 0, i = 0; at < text.Length; at += sizes[i++])
                pieces.Add(splitter.Push(text[at..Math.Min(text.Length, at + sizes[i])]));
            pieces.Add(splitter.Finish());

            Assert.Equal(thoughts, string.Concat(pieces.Select(piece => piece.Thoughts)));
            Assert.Equal(answer, string.Concat(pieces.Select(piece => piece.Answer)));
        });

    [Fact]
    public void An_answer_flows_at_once_after_the_thoughts()
    {
        var splitter = new ThinkingSplitter(opensInPrompt: true);

        Assert.Equal(new("hm", ""), splitter.Push("hm"));
        Assert.Equal(new("", "Look"), splitter.Push("</think>\nLook"));
        Assert.Equal(new("", " at <"), splitter.Push(" at <"));
    }
}
