using CsCheck;
using Tutor.Web.Instructor.Prompt;

namespace Tutor.UnitTests.Web.Instructor;

public sealed class TextDiffTests
{
    [Fact]
    public void A_changed_line_shows_what_went_then_what_came_with_the_words_that_differ()
    {
        var rows = TextDiff.Between("Be kind to students.\nAsk.", "Be kind to learners.\nAsk.");

        Assert.Equal("-+ ", string.Concat(rows.Select(r => r.Kind)));
        Assert.Equal("students", string.Concat(rows[0].Pieces.Where(p => p.Differs).Select(p => p.Text)).TrimEnd('.'));
        Assert.Equal("learners", string.Concat(rows[1].Pieces.Where(p => p.Differs).Select(p => p.Text)).TrimEnd('.'));
    }

    [Fact]
    public void Far_from_any_change_lines_are_left_out_and_counted()
    {
        var before = string.Join('\n', Enumerable.Range(1, 30).Select(n => $"line {n}"));

        var rows = TextDiff.Between(before, before.Replace("line 15", "line fifteen", StringComparison.Ordinal));

        Assert.Equal(["…11", " 12", " 13", " 14", "-15", "+15", " 16", " 17", " 18", "…12"],
            rows.Select(r => r.Kind == '…' ? $"…{r.Hidden}" : $"{r.Kind}{r.Old ?? r.New}"));
    }

    [Fact]
    public void Of_the_same_text_there_is_nothing_to_show() => Assert.Empty(TextDiff.Between("a\nb", "a\nb"));

    [Fact]
    public void With_nothing_left_out_the_rows_hold_both_texts()
    {
        var texts = Gen.OneOf("a", "b", "", "a b c", "a b d").List[1, 7].Select(lines => string.Join('\n', lines));

        Gen.Select(texts, texts).Sample((before, after) =>
        {
            var rows = TextDiff.Between(before, after);

            if (before == after || rows.Any(r => r.Kind == '…'))
                return;
            Assert.Equal(before, Side(rows, '-'));
            Assert.Equal(after, Side(rows, '+'));
        });
    }

    private static string Side(IReadOnlyList<DiffRow> rows, char kind) =>
        string.Join('\n', rows.Where(r => r.Kind == ' ' || r.Kind == kind).Select(r => string.Concat(r.Pieces.Select(p => p.Text))));
}
