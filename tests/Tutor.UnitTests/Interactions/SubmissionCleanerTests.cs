using System.Text;
using CsCheck;
using Tutor.Core.Courses;
using Tutor.Core.Interactions;

namespace Tutor.UnitTests.Interactions;

public sealed class SubmissionCleanerTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(
            Gen.String[0, 8],
            Pieces("<b>", "</b>", "<", ">", "<script>", "</script>", "<<b>i>", "`", "```\n", "~~~\n", "\r\n", "\r", "\n", "e\u0301", "\u0301", "\u200b", "\u202e",
                "\U000E0041", "\ud800", "\0", "\ue000", "x = 1", "<a href=\"x\">", "\u0338", "<!--", "-->"))
        .Array[0, 30].Select(string.Concat);

    private static Gen<string> Pieces(params string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);

    [Fact]
    public void Nothing_hidden_is_left_and_cleaning_again_changes_nothing()
    {
        Hostile.Sample(text =>
        {
            foreach (var kind in (ExerciseKind[])[ExerciseKind.Code, ExerciseKind.Writing])
            {
                var cleaned = SubmissionCleaner.CleanWork(text, kind);

                Assert.DoesNotContain(cleaned.Text.EnumerateRunes(), r => HiddenCharacters.Kind(r) is not null || r == Rune.ReplacementChar && !text.Contains('\ufffd'));
                Assert.DoesNotContain('\r', cleaned.Text);
                Assert.Equal(cleaned.Text, SubmissionCleaner.CleanWork(cleaned.Text, kind).Text);
            }
        }, iter: 5000);
    }

    [Theory]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("x\0 = 1\u202e", "x = 1")]
    [InlineData("pass\u200bword", "password")]
    [InlineData("\U000E0068\U000E0069 hi", " hi")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("\tif a <b and c> d: pass", "\tif a <b and c> d: pass")]
    public void Code_keeps_everything_that_can_be_seen(string given, string expected) =>
        Assert.Equal(expected, SubmissionCleaner.CleanWork(given, ExerciseKind.Code).Text);

    [Theory]
    [InlineData("<p>My <b>thesis</b></p>", "My thesis")]
    [InlineData("<script>alert('x')</script>Text", "Text")]
    [InlineData("a <b and c> d", "a <b and c> d")]
    [InlineData("`<b>` stays, <i>this</i> goes", "`<b>` stays, this goes")]
    [InlineData("```html\n<b>kept</b>\n```\n<b>bare</b>", "```html\n<b>kept</b>\n```\nbare")]
    [InlineData("<<b>script>alert(1)", "alert(1)")]
    [InlineData("see <a href=\"http://x\">the source</a>", "see the source")]
    public void Tags_are_taken_out_of_texts_outside_code(string given, string expected) =>
        Assert.Equal(expected, SubmissionCleaner.CleanWork(given, ExerciseKind.Writing).Text);

    [Fact]
    public void What_was_changed_is_told()
    {
        var cleaned = SubmissionCleaner.CleanWork("a\u200b\u200bb\r\n<b>c</b>", ExerciseKind.Writing);

        Assert.Equal("1 line endings made plain, 2 zero-width characters, 2 HTML tags", cleaned.Summary);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<b")]
    [InlineData("`")]
    [InlineData("<script>")]
    [InlineData("\u0316\u0301")]
    [InlineData("<b>\u0301\u0316\u0301\u0316")]
    public void A_work_made_to_cost_time_is_cleaned_in_time_that_grows_with_its_length(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 60_000 / unit.Length)) + new string('>', 4000);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        SubmissionCleaner.CleanWork(text, ExerciseKind.Writing);

        Assert.True(watch.ElapsedMilliseconds < 5000, $"took {watch.ElapsedMilliseconds} ms");
    }
}
