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
        (edit.Policy, edit.HintsPerDay) = (edit.Policy with { HighestLevel = HintLevel.Concept, AttemptFirst = false, OnLeak = LeakAction.Ladder }, 5);
        edit.Exceptions["average"] = edit.Policy with { HighestLevel = HintLevel.Location };
        edit.Exceptions["median"] = edit.Exceptions["median"] with { Solution = SolutionTalk.AfterPass };

        var changes = PackChanges.Between(pack, edit.ApplyTo(pack));

        Assert.Equal(
            [
                "Highest hint level: 4 Example → 2 Idea", "First hint needs an attempt: yes → no",
                "When a hint gives the answer away: The model writes it again → The instructor's own hint is shown", "Hints per day: 40 → 5",
                "average, policy: as the course → its own (3 Place; The instructor's own hint is shown; solution: Never)",
                "median, the solution may be discussed: Never → When the student's program passes",
            ], changes);
    }

    [Fact]
    public void Carried_over_to_a_colleagues_version_what_was_changed_here_wins_and_the_rest_is_theirs()
    {
        var mine = CourseEdit.Of(pack);
        mine.Prompt = "Be brief.";
        mine.Policy = mine.Policy with { OnLeak = LeakAction.Redact };
        mine.Exceptions["average"] = mine.Policy with { HighestLevel = HintLevel.Nudge };
        var theirs = pack with { Policy = pack.Policy with { AttemptFirst = false }, Prompt = "Be strict.", Quota = new Quota { HintsPerDay = 7 }, Exercises = [pack.Exercises[0], Exercise("median", HintLevel.Location)] };

        var merged = mine.Onto(theirs, pack).ApplyTo(theirs);

        Assert.Equal("Be brief.", merged.Prompt);
        Assert.Equal((LeakAction.Redact, false), (merged.Policy.OnLeak, merged.Policy.AttemptFirst));
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

        Assert.Single(edit.Problems(pack));
        Assert.Empty(CourseEdit.Of(pack).Problems(pack));
    }

    [Fact]
    public void A_solution_to_be_discussed_after_a_due_date_that_is_not_there_cannot_be_published()
    {
        var edit = CourseEdit.Of(pack);
        edit.Exceptions["median"] = edit.Exceptions["median"] with { Solution = SolutionTalk.AfterDue };

        Assert.StartsWith("median has no due date", Assert.Single(edit.Problems(pack)), StringComparison.Ordinal);
        Assert.Empty(edit.Problems(pack with { Exercises = [.. pack.Exercises.Select(e => e with { Due = DateTimeOffset.UnixEpoch })] }));
    }

    private static Exercise Exercise(string id, HintLevel? level) => new()
    {
        Id = id, Title = id, Kind = ExerciseKind.Code, Task = "Write it.", Policy = level is { } highest ? new HintPolicy { HighestLevel = highest } : null,
    };
}
