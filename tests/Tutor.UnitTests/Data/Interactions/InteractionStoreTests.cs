using Tutor.Core.Evidence;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Interactions;

public abstract class InteractionStoreTests
{
    public sealed class OnSqlite : InteractionStoreTests;
    public sealed class OnPostgres : InteractionStoreTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_reads_back_as_it_was_recorded()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel);
        await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt), cancel);

        var row = await file.Interactions.FindAsync(id, LedgerFile.Student, cancel);

        Assert.NotNull(row);
        Assert.Equal("done", row.State);
        Assert.Equal("def average(n): return sum(n) / len(n)", row.Work);
        Assert.Equal(HintLevel.Nudge, row.Level);
        Assert.Equal(HintWriter.Ladder, row.Writer);
        Assert.Equal("empty-list", row.FirstFailingTest);
        Assert.Equal(TestOutcome.Exception, row.Evidence!.Results.Single().Outcome);
        Assert.Equal("An empty list", row.Basis.Single().Title);
        Assert.True(row.Flagged);
        Assert.False(row.IsOpen);
    }

    [Theory]
    [InlineData("sam-student", true)]
    [InlineData("tom-ta", true)]
    [InlineData("ines-instructor", true)]
    [InlineData("sue-student", false)]
    [InlineData("max-elsewhere", false)]
    [InlineData("nobody", false)]
    public async Task An_interaction_is_there_only_for_its_student_and_the_course_staff(string person, bool there)
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var id = await file.AskAsync(cancel);

        Assert.Equal(there, await file.Interactions.FindAsync(id, new Viewer(person), cancel) is not null);
        Assert.Equal(there, (await file.Interactions.ThreadAsync(
            LedgerFile.Course, LedgerFile.Exercise, LedgerFile.Student.PersonId, new Viewer(person), cancel)).Count == 1);
    }

    [Fact]
    public async Task Staff_of_another_course_find_nothing()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await file.Courses.ImportAsync(LedgerFile.Pack(id: "other-course"), cancel);
        await file.People.JoinAsync("other-course", LedgerFile.Stranger.PersonId, "instructor", cancel);
        var id = await file.AskAsync(cancel);

        Assert.Null(await file.Interactions.FindAsync(id, LedgerFile.Stranger, cancel));
    }

    [Fact]
    public async Task History_pages_newest_first_without_gaps_while_new_rows_come_in()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var asked = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            asked.Add(await file.AskAsync(cancel));
            // Some share a millisecond, so the id has to decide.
            if (i % 3 == 0) file.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var paged = new List<string>();
        InteractionCursor? after = null;
        do
        {
            var page = await file.Interactions.HistoryAsync(LedgerFile.Student, LedgerFile.Course, after, 7, cancel);
            paged.AddRange(page.Rows.Select(row => row.Id));
            after = page.Older;
            file.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await file.AskAsync(cancel);
        } while (after is not null);

        Assert.Equal(asked.AsEnumerable().Reverse(), paged);
    }

    [Fact]
    public async Task The_thread_before_an_interaction_holds_its_finished_predecessors_only()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (first, attempt) = await file.RunAsync(cancel);
        await file.Ledger.FinishAsync(LedgerFile.Finished(first, attempt), cancel);
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        await file.AskAsync(cancel);
        await file.AskAsync(cancel, LedgerFile.Other);
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        var current = await file.Interactions.LoadAsync(await file.AskAsync(cancel), cancel);

        var turns = await file.Interactions.EarlierTurnsAsync(current!, 10, cancel);

        var turn = Assert.Single(turns);
        Assert.Equal((first, "Look at the empty list.", "forgets-empty", HintLevel.Nudge), (turn.InteractionId, turn.Answer, turn.MisconceptionId, turn.Level));
    }

    [Fact]
    public async Task The_thread_holds_what_was_shown_of_a_hint_before_it_was_stopped_and_nothing_of_one_that_had_shown_nothing()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (stopped, _) = await file.RunAsync(cancel);
        await file.Ledger.CancelAsync(stopped, LedgerFile.Student, "Look at the", everShown: true, cancel);
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        var (silent, _) = await file.RunAsync(cancel);
        await file.Ledger.CancelAsync(silent, LedgerFile.Student, "", everShown: false, cancel);
        file.Clock.Advance(TimeSpan.FromSeconds(1));
        var current = await file.Interactions.LoadAsync(await file.AskAsync(cancel), cancel);

        var turns = await file.Interactions.EarlierTurnsAsync(current!, 10, cancel);

        var turn = Assert.Single(turns);
        Assert.Equal((stopped, "Look at the", HintLevel.Nudge), (turn.InteractionId, turn.Answer, turn.Level));
    }

    [Fact]
    public async Task Only_its_student_rates_a_finished_hint()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel);

        Assert.False(await file.Interactions.RateAsync(id, LedgerFile.Student, helped: true, null, cancel));
        await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt), cancel);

        Assert.False(await file.Interactions.RateAsync(id, LedgerFile.Instructor, helped: true, null, cancel));
        Assert.True(await file.Interactions.RateAsync(id, LedgerFile.Student, helped: false, "Too vague", cancel));
        var row = await file.Interactions.FindAsync(id, LedgerFile.Student, cancel);
        Assert.Equal((-1, "Too vague"), (row!.Rating, row.RatingReason));
    }
}
