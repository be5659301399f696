using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Web.Instructor.Prompt;

namespace Tutor.UnitTests.Web.Instructor;

public sealed class CourseEditTests
{
    private static readonly CoursePack pack = Data.LedgerFile.Pack("Be kind.\r\nBe brief.\r\n") with
    {
        Policy = new HintPolicy { HighestLevel = HintLevel.Example, AttemptFirst = true },
        Exercises = [Exercise("average", null), Exercise("median", HintLevel.Nudge)],
    };

    [Fact]
    public void An_edit_without_a_change_gives_the_very_same_pack()
    {
        var same = CourseEdit.Of(pack).ApplyTo(pack);

        Assert.Equal(PackHash.Of(pack), PackHash.Of(same));
        Assert.Empty(PackChanges.Between(pack, same));
    }

    [Fact]
    public void Each_change_is_said_in_words()
    {
        var edit = CourseEdit.Of(pack);
        (edit.HighestLevel, edit.AttemptFirst, edit.HintsPerDay) = (HintLevel.Concept, false, 5);
        edit.Exceptions["average"] = HintLevel.Location;
        edit.Exceptions.Remove("median");

        var changes = PackChanges.Between(pack, edit.ApplyTo(pack));

        Assert.Equal(
            [
                "Highest hint level: 4 Example → 2 Idea", "First hint needs an attempt: yes → no", "Hints per day: 40 → 5",
                "average, highest hint level: as the course → 3 Place", "median, highest hint level: 1 Nudge → as the course",
            ], changes);
    }

    [Fact]
    public void Carried_over_to_a_colleagues_version_what_was_changed_here_wins_and_the_rest_is_theirs()
    {
        var mine = CourseEdit.Of(pack);
        mine.Prompt = "Be brief.";
        mine.Exceptions["average"] = HintLevel.Nudge;
        var theirs = pack with { Prompt = "Be strict.", Quota = new Quota { HintsPerDay = 7 }, Exercises = [pack.Exercises[0], Exercise("median", HintLevel.Location)] };

        var merged = mine.Onto(theirs, pack).ApplyTo(theirs);

        Assert.Equal("Be brief.", merged.Prompt);
        Assert.Equal(7, merged.Quota.HintsPerDay);
        Assert.Equal((HintLevel.Nudge, HintLevel.Location), (merged.PolicyFor(merged.Exercises[0]).HighestLevel, merged.PolicyFor(merged.Exercises[1]).HighestLevel));
    }

    [Fact]
    public void An_exercise_that_is_new_or_gone_or_rewritten_is_named()
    {
        var after = pack with { Exercises = [pack.Exercises[0] with { Task = "Another task." }, Exercise("mode", null)] };

        Assert.Equal(
            ["average: the task, its tests or its hints are different.", "New exercise: mode", "Exercise taken out: median"], PackChanges.Between(pack, after));
    }

    [Theory]
    [InlineData("  ", 10)]
    [InlineData("Be kind.", -1)]
    [InlineData("Be kind.", 10_001)]
    public void What_cannot_be_published_is_said(string prompt, int hints)
    {
        var edit = CourseEdit.Of(pack);
        (edit.Prompt, edit.HintsPerDay) = (prompt, hints);

        Assert.Single(edit.Problems());
        Assert.Empty(CourseEdit.Of(pack).Problems());
    }

    private static Exercise Exercise(string id, HintLevel? level) => new()
    {
        Id = id, Title = id, Kind = ExerciseKind.Code, Task = "Write it.", Policy = level is { } highest ? new HintPolicy { HighestLevel = highest } : null,
    };
}
