using Tutor.Data.Flags;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Flags;

public abstract class FlagReviewsTests
{
    public sealed class OnSqlite : FlagReviewsTests;
    public sealed class OnPostgres : FlagReviewsTests, IOnPostgres;

    [Fact]
    public async Task A_dismissed_flag_no_longer_marks_the_interaction_and_a_later_decision_can_bring_it_back()
    {
        using var course = await WithAsync(200);
        var (flag, interaction) = await FlagAsync(course);

        Assert.True(await course.FlagReviews.DecideAsync(flag, Ta, confirmed: false, " A fair question. ", Cancel));
        var dismissed = await course.Reader.FindAsync(interaction, Ta, Cancel);
        Assert.True(await course.FlagReviews.DecideAsync(flag, Instructor, confirmed: true, "Third time today.", Cancel));
        var confirmed = await course.Reader.FindAsync(interaction, Ta, Cancel);

        Assert.False(dismissed!.Flagged);
        Assert.Equal((FlagState.Dismissed, "A fair question."), (dismissed.Flags[0].State, dismissed.Flags[0].ReviewReason));
        Assert.True(confirmed!.Flagged);
        Assert.Equal((FlagState.Confirmed, "Ines Instructor"), (confirmed.Flags[0].State, confirmed.Flags[0].ReviewedByName));
    }

    [Fact]
    public async Task A_decision_needs_a_reason()
    {
        using var course = await WithAsync(200);
        var (flag, _) = await FlagAsync(course);

        await Assert.ThrowsAsync<ArgumentException>(() => course.FlagReviews.DecideAsync(flag, Ta, confirmed: true, "  ", Cancel));
    }

    [Fact]
    public async Task Who_does_not_teach_the_course_decides_nothing()
    {
        using var course = await WithAsync(200);
        var (flag, interaction) = await FlagAsync(course);
        var student = (await course.QueryAsync<string>("SELECT student_id FROM interaction WHERE id = @interaction", new { interaction }))[0];

        Assert.False(await course.FlagReviews.DecideAsync(flag, Stranger, confirmed: false, "not mine", Cancel));
        Assert.False(await course.FlagReviews.DecideAsync(flag, new Tutor.Data.People.Viewer(student), confirmed: false, "not me", Cancel));
        Assert.Equal([FlagState.Open], await course.QueryAsync<string>("SELECT state FROM flag WHERE id = @flag", new { flag }));
    }

    [Fact]
    public async Task Two_flags_of_one_interaction_dismissed_at_once_leave_it_unmarked()
    {
        using var course = await WithAsync(200);
        var (flag, interaction) = await FlagAsync(course);
        await course.ExecuteAsync(
            """
            INSERT INTO flag (id, interaction_id, course_id, category, rule_id, rule_version, severity, field, start, quote, explanation, created_at)
            SELECT id || @n, interaction_id, course_id, category, rule_id, rule_version, severity, field, start, quote, explanation, created_at FROM flag WHERE id = @flag
            """, Enumerable.Range(1, 5).Select(n => new { flag, n = $"-{n}" }));
        var flags = await course.QueryAsync<string>("SELECT id FROM flag WHERE interaction_id = @interaction", new { interaction });

        await Task.WhenAll(flags.Select(id => Task.Run(() => course.FlagReviews.DecideAsync(id, Ta, confirmed: false, "Fine.", Cancel), Cancel)));

        Assert.Equal(6, flags.Count);
        Assert.False((await course.Reader.FindAsync(interaction, Ta, Cancel))!.Flagged);
    }

    private static async Task<(string Flag, string Interaction)> FlagAsync(SeededCourse course) =>
        (await course.QueryAsync<(string, string)>("SELECT id, interaction_id FROM flag WHERE course_id = @Course LIMIT 1", new { Course }))[0];
}
