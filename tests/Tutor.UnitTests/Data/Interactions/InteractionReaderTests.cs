using Tutor.Core.Evidence;
using static Tutor.UnitTests.Data.SeededCourse;

namespace Tutor.UnitTests.Data.Interactions;

public abstract class InteractionReaderTests
{
    public sealed class OnSqlite : InteractionReaderTests;
    public sealed class OnPostgres : InteractionReaderTests, IOnPostgres;

    [Fact]
    public async Task Staff_see_everything_that_was_recorded()
    {
        using var course = await WithAsync(200);
        var id = (await course.QueryAsync<string>(
            "SELECT id FROM interaction WHERE course_id = @Course AND flagged AND state = 'done' AND first_failing_test IS NOT NULL LIMIT 1",
            new { Course }))[0];
        await course.ExecuteAsync(
            "INSERT INTO verdict (id, interaction_id, layer, span, reason) VALUES ('v1', @id, 'Splice', 'return x', 'Makes the tests pass.')", new { id });
        var student = (await course.QueryAsync<string>("SELECT student_id FROM interaction WHERE id = @id", new { id }))[0];
        await course.Escalations.AskAsync(id, new Tutor.Data.People.Viewer(student), "Please look.", Cancel);

        var detail = await course.Reader.FindAsync(id, Ta, Cancel);

        Assert.NotNull(detail);
        Assert.StartsWith("def ", detail.Work, StringComparison.Ordinal);
        Assert.Equal(EvidenceState.Ran, detail.Evidence!.State);
        Assert.NotNull(detail.Evidence.FirstFailure);
        Assert.Equal(detail.Evidence.FirstFailure.TestId, Assert.Single(detail.Basis).Reference);
        Assert.Equal(["evidence", "generate"], detail.Steps.Select(s => s.Step));
        Assert.Equal(["system", "user"], detail.Prompt.Select(m => m.Role));
        Assert.Equal("Makes the tests pass.", Assert.Single(detail.Verdicts).Reason);
        Assert.Equal("Asks for the answer itself.", Assert.Single(detail.Flags).Explanation);
        Assert.Contains(detail.Thread, t => t.Id == id);
        Assert.Equal("Please look.", detail.Escalation!.Message);
        Assert.Equal(1, detail.CourseVersionNumber);
    }

    [Fact]
    public async Task An_interaction_still_waiting_has_no_records_and_is_shown_all_the_same()
    {
        using var course = await WithAsync(20);
        var (id, _) = await course.FinishedAsync();
        await course.ExecuteAsync(
            """
            UPDATE interaction SET state = 'queued', answer = NULL, writer = NULL, evidence = NULL, basis = NULL, finished_at = NULL WHERE id = @id;
            DELETE FROM interaction_prompt WHERE interaction_id = @id;
            """, new { id });

        var detail = await course.Reader.FindAsync(id, Instructor, Cancel);

        Assert.Null(detail!.Evidence);
        Assert.Empty(detail.Basis);
        Assert.Empty(detail.Prompt);
    }

    [Fact]
    public async Task A_review_is_kept_with_its_note_and_can_be_taken_back()
    {
        using var course = await WithAsync(20);
        var (id, _) = await course.FinishedAsync();

        Assert.True(await course.Reader.ReviewAsync(id, Ta, "  Good hint, wrong level. ", Cancel));
        var reviewed = await course.Reader.FindAsync(id, Instructor, Cancel);
        Assert.True(await course.Reader.ReviewAsync(id, Instructor, null, Cancel));
        var cleared = await course.Reader.FindAsync(id, Instructor, Cancel);

        Assert.Equal("Good hint, wrong level.", reviewed!.ReviewNote);
        Assert.Equal("Tom Teaching-Assistant", reviewed.ReviewedByName);
        Assert.Equal(course.Clock.GetUtcNow().ToUnixTimeMilliseconds(), reviewed.ReviewedAt);
        Assert.Null(cleared!.ReviewedAt);
        Assert.Null(cleared.ReviewedBy);
    }
}
