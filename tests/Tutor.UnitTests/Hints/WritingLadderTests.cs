using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using static Tutor.UnitTests.Hints.LadderCases;

namespace Tutor.UnitTests.Hints;

public sealed class WritingLadderTests
{
    private const string Opinion = "I think trees are *nice* for every street. I feel that they are green. Streets should have them because of shade.";

    private static readonly Misconception Voice = Misconception("voice", new Signature { Signal = "first-person-opinion" }) with { Criterion = "style" };
    private static readonly Misconception Length = Misconception("length", new Signature { Signal = "too-short" });

    private static readonly Criterion Style = new() { Id = "style", Title = "Sounds like an argument", Description = "Reasons, not feelings." };

    [Fact]
    public void The_hint_quotes_the_students_own_place_and_says_why()
    {
        var hint = WriteText(Opinion, Task(Voice));

        Assert.Equal("voice", hint.MisconceptionId);
        Assert.Equal("voice at nudge\n\nThe text offers its claims 2 times as what \"I\" think or feel; this is the first.\n\n> I think trees are \\*nice\\* for every street.", hint.Text);
        Assert.Equal("This hint was written by your instructor. It was chosen because of this: the text offers its claims 2 times as what \"I\" think or feel; this is the first.", hint.Reason);
        Assert.Equal(["signal", "criterion"], hint.Basis.Select(b => b.Kind));
    }

    [Fact]
    public void The_criterion_with_the_most_severe_signal_is_taken_first()
    {
        // 21 of 200 words weigh more than two opinions; 21 of 24 do not.
        Assert.Equal("length", WriteText(Opinion, Task(Voice, Length) with { Words = new(200, 300) }).MisconceptionId);
        Assert.Equal("voice", WriteText(Opinion, Task(Voice, Length) with { Words = new(24, 300) }).MisconceptionId);
    }

    [Fact]
    public void The_previous_criterion_is_kept_while_its_signal_shows() =>
        Assert.Equal("voice", WriteText(Opinion, Task(Voice, Length) with { Words = new(200, 300) }, "voice").MisconceptionId);

    [Fact]
    public void A_signal_the_ladder_does_not_treat_is_still_pointed_at()
    {
        var task = Task() with { Ladder = new() { Otherwise = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Read it aloud." } } };

        Assert.StartsWith("Read it aloud.\n\nThe text offers", WriteText(Opinion, task).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_is_passed_over_where_the_ladder_says_by_signal_what_counts()
    {
        var task = Task(Length) with { Ladder = new() { Misconceptions = [Length], Solved = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Read it aloud." } } };

        Assert.Contains("\n\nRead it aloud.\n\n", WriteText(Opinion, task).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("offers its claims", WriteText(Opinion, task).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_ladder_the_hints_that_come_with_Tutor_serve_by_signal()
    {
        var hint = WriteText(Opinion, Task());

        Assert.StartsWith("If you take away \"I think\", what is left", hint.Text, StringComparison.Ordinal);
        Assert.StartsWith("This is one of the general hints", hint.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_gives_no_signal_gets_solved_or_a_general_hint()
    {
        const string sound = "Streets should have trees, although they cost money, because shade matters.";
        var task = Task(Voice) with { Ladder = new() { Misconceptions = [Voice], Solved = new Dictionary<HintLevel, string> { [HintLevel.Nudge] = "Who would disagree?" } } };

        Assert.Contains("Who would disagree?", WriteText(sound, task).Text, StringComparison.Ordinal);
        Assert.Contains("Read your text aloud once.", WriteText(sound, Task()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_gives_no_signal_is_praised_for_what_was_checked_and_shown_the_next_criterion()
    {
        const string sound = "Streets should have trees, although they cost money, because shade matters.";
        var depth = new Criterion { Id = "depth", Title = "Thinks further", Description = "More than the first idea.", Levels = [new("Strong", "It surprises its reader.")] };
        var staff = new Criterion { Id = "marking", Title = "Marking notes", Description = "Two points off.", Audience = Audience.Staff };
        var other = new Criterion { Id = "other", Title = "For another task", Description = "Not this one.", Exercises = ["argument"] };

        var first = Write(Task(Voice), RunEvidence.NotApplicable, work: sound, rubric: [staff, other, Style, depth]);

        Assert.StartsWith("**Well done so far:** Tutor's checks find nothing weak under *Sounds like an argument*.", first.Text, StringComparison.Ordinal);
        Assert.EndsWith("**Look at this next:** *Thinks further*. At its best: It surprises its reader.", first.Text, StringComparison.Ordinal);
        Assert.Equal([("criterion", "depth")], first.Basis.Select(b => (b.Kind, b.Reference)));
    }

    [Fact]
    public void A_text_is_not_measured_by_sources_where_neither_ladder_nor_task_nor_criteria_speak_of_them()
    {
        const string sound = "Streets should have trees, although they cost money, because shade matters. Shade keeps the pavement cool in July. "
            + "The baker on our corner closes at noon when it is hot, while the one in the park stays open. A tree is cheaper than a roof. "
            + "Whoever fears for the pipes may plant in tubs, but nobody should wait for ever for a perfect plan.";

        Assert.DoesNotContain("names a source", WriteText(sound, Task()).Text, StringComparison.Ordinal);
        Assert.Contains("names a source", WriteText(sound, Task() with { Task = "Take a position and cite one source." }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_cannot_bring_markup_into_the_hint()
    {
        var hint = WriteText("I think <b>this</b> [is](javascript:x). I believe so.", Task(Voice));

        Assert.EndsWith("> I think \\<b\\>this\\</b\\> &#91;is&#93;(javascript:x).", hint.Text, StringComparison.Ordinal);
    }

    private static Exercise Task(params Misconception[] misconceptions) =>
        new() { Id = "thesis", Title = "Thesis", Kind = ExerciseKind.Writing, Task = "Take a position.", Ladder = new() { Misconceptions = misconceptions } };

    private static LadderHint WriteText(string text, Exercise task, string? previous = null) =>
        Write(task, RunEvidence.NotApplicable, work: text, previous: previous, rubric: [Style]);
}
