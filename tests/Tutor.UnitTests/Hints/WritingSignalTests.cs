using CsCheck;
using Tutor.Core.Courses;
using Tutor.Core.Hints.Writing;

namespace Tutor.UnitTests.Hints;

public sealed class WritingSignalTests
{
    /// <summary>Gives no signal; every test below spoils it in one way.</summary>
    private const string Sound =
        """
        Cities should plant trees along their streets, because shade makes walking bearable in summer.

        Shaded streets are measurably cooler than bare ones. Moreno (2015) finds six degrees between two
        neighbouring roads. Such a difference decides whether an old person goes out at noon.

        Although trees cost money and take up parking space, both costs are paid once. The shade returns every
        summer. A council that counts only the planting counts half of the matter.
        """;

    [Fact]
    public void A_sound_text_gives_no_signal() => Assert.Empty(WritingSignals.Read(Sound, new(50, 200)));

    [Theory]
    [InlineData("missing-citation", "Studies show that shade is good for sleep.", "Studies show that shade is good for sleep.", "One sentence reports research or figures without a source.")]
    [InlineData("missing-citation", "About 40% of all roads are bare.", "About 40% of all roads are bare.", "One sentence reports research or figures without a source.")]
    [InlineData("hedging", "Perhaps it might seem likely. It could possibly be that shade may tend to help somewhat.", "It could possibly be that shade may tend to help somewhat.", "9 softening words in 90 (10.0 in 100); most of them stand here.")]
    [InlineData("repeated-openings", "The shade helps old people. The shade helps children. The shade helps dogs.", "The shade helps children.", "4 sentences start with \"The shade\"; this is the third.")]
    [InlineData("first-person-opinion", "I think shade is nice. In my opinion it is also cheap.", "I think shade is nice.", "The text offers its claims 2 times as what \"I\" think or feel; this is the first.")]
    public void A_sentence_that_spoils_the_text_is_quoted_with_its_number(string id, string added, string quote, string finding)
    {
        var signal = Assert.Single(WritingSignals.Read($"{Sound} {added}", null), s => s.Id == id);

        Assert.Equal((quote, finding), (signal.Quote, signal.Finding));
    }

    [Theory]
    [InlineData("Studies show that shade is good for sleep (Ito, 2018).")]
    [InlineData("According to Ito et al. (2018), 40% of roads are bare.")]
    [InlineData("About 40% of all roads are bare [3].")]
    [InlineData("About 40 percent of roads are bare. (Ito, n.d., p. 4)")]
    [InlineData("In May the trees are green, and in May people walk. May is the best month for may-bugs.")]
    [InlineData("She thinks and feels that I am right.")]
    public void These_sentences_spoil_nothing(string added) => Assert.DoesNotContain(WritingSignals.Read($"{Sound} {added}", null), s => s.Id is "missing-citation" or "hedging" or "first-person-opinion");

    [Fact]
    public void A_text_below_its_least_length_is_too_short_and_one_above_its_most_too_long()
    {
        var least = Assert.Single(WritingSignals.Read(Sound, new(120, 200)));
        var most = Assert.Single(WritingSignals.Read(Sound, new(10, 40)));

        Assert.Equal(("too-short", "The text has 74 words; the task asks for at least 120."), (least.Id, least.Finding));
        Assert.Equal(("too-long", "The text has 74 words; the task asks for at most 40, which this sentence passes."), (most.Id, most.Finding));
        Assert.StartsWith("Such a difference", most.Quote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_cites_nothing_is_told_where_a_source_would_help() =>
        Assert.Equal("Shaded streets are measurably cooler than bare ones.", Of("no-citation-at-all", Sound.Replace("Moreno (2015) finds", "Somebody finds", StringComparison.Ordinal)).Quote);

    [Theory]
    [InlineData("Are shaded streets cooler than bare ones are?", "a question")]
    [InlineData("“Shade is the poor man's cooling,” says a proverb.", "a quotation")]
    [InlineData("For example, there is a road in Madrid with trees.", "an example")]
    [InlineData("Shade cools the streets.", "only 4 words")]
    public void A_paragraph_that_does_not_open_with_its_point_is_quoted(string opening, string why)
    {
        var signal = Of("no-topic-sentence", Sound.Replace("Shaded streets are measurably cooler than bare ones.", opening, StringComparison.Ordinal));

        Assert.Equal(opening, signal.Quote);
        Assert.Equal($"1 of 2 paragraphs opens without saying what they are about; this one opens with {why}.", signal.Finding);
    }

    [Fact]
    public void An_opening_paragraph_without_a_position_has_no_thesis()
    {
        var text = Sound.Replace("Cities should plant trees along their streets, because shade makes walking bearable in summer.", "Many cities have trees along their streets. Some have none.", StringComparison.Ordinal);

        Assert.Equal("Some have none.", Of("no-thesis", text).Quote);
    }

    [Fact]
    public void A_sentence_of_more_than_fifty_words_is_too_long() =>
        Assert.Contains("this one has 60.", Of("long-sentences", $"{Sound} {string.Join(' ', Enumerable.Repeat("Tree", 60))}.").Finding, StringComparison.Ordinal);

    [Fact]
    public void More_than_150_words_without_a_break_are_one_paragraph() =>
        Assert.Equal("All 222 words stand in one paragraph; this is its middle.", Of("one-paragraph", $"{Sound} {Sound} {Sound}".ReplaceLineEndings(" ")).Finding);

    [Fact]
    public void A_text_that_never_turns_to_the_other_side_has_no_counterpoint() =>
        Assert.Equal("no-counterpoint", Of("no-counterpoint", Sound.Replace("Although trees", "Trees", StringComparison.Ordinal)).Id);

    [Fact]
    public void Paragraphs_that_begin_with_authors_are_a_list_of_summaries()
    {
        const string list = "Moreno (2015) says that shade cools, because it does.\n\nIto et al. (2018) say that shade helps sleep.\n\nAccording to Lee and Park (2020), shade is cheap.";

        var signal = Of("list-of-summaries", list);

        Assert.Equal("Ito et al. (2018) say that shade helps sleep.", signal.Quote);
        Assert.Equal("3 of 3 paragraphs begin with an author; this is the second.", signal.Finding);
    }

    [Fact]
    public void Sources_without_a_verb_that_says_what_they_do_are_told()
    {
        var signal = Of("no-reporting-verb", "Trees should be planted because shade is cool (Moreno, 2015).");

        Assert.Equal("1 sentence names a source, and no verb says what the authors do (argue, find, question).", signal.Finding);
    }

    [Fact]
    public void Headings_and_the_list_of_references_are_not_read() =>
        Assert.Empty(WritingSignals.Read($"# I think I feel\n\n{Sound}\n\n## References\n\nStudies show. 40% of it. I think. I believe.", new(50, 100)));

    [Fact]
    public void An_empty_text_is_too_short_and_nothing_else()
    {
        Assert.Equal(["too-short"], WritingSignals.Read("  \n", new(50, 100)).Select(s => s.Id));
        Assert.Empty(WritingSignals.Read("", null));
    }

    [Fact]
    public void The_most_severe_signal_comes_first_and_every_quote_is_a_piece_of_the_text()
    {
        var words = Gen.OneOf("I think", "Studies show", "because", "Lee (2019)", "perhaps", "might", "tree", "street", ".", "?", "\n\n", "\n", "“so”", "40%", "The shade", "et al.", "# Head", ",");

        words.Array[0, 60].Select(w => string.Join(' ', w)).Sample(
            text =>
            {
                var signals = WritingSignals.Read(text, new WordRange(20, 40));
                return signals.All(s => text[s.Start..].StartsWith(s.Quote, StringComparison.Ordinal) && s.Severity is > 0 and <= 1)
                    && signals.Zip(signals.Skip(1)).All(p => p.First.Severity >= p.Second.Severity);
            },
            iter: 3_000);
    }

    [Theory]
    [InlineData('.')]
    [InlineData(' ')]
    [InlineData('(')]
    [InlineData('A')]
    public void A_megabyte_of_one_character_is_read_in_no_time(char c)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        WritingSignals.Read(new string(c, 1_000_000), new(1, 10));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    private static WritingSignal Of(string id, string text) => Assert.Single(WritingSignals.Read(text, null), s => s.Id == id);
}
