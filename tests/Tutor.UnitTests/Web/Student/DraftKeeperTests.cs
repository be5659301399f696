using Microsoft.Extensions.Time.Testing;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.UnitTests.Data;
using Tutor.Web.Student.Workspace;

namespace Tutor.UnitTests.Web.Student;

public sealed class DraftKeeperTests : IDisposable
{
    private static readonly Viewer student = new("sam-student");
    private readonly TempLedger ledger = new();
    private readonly FakeTimeProvider time = new();
    private readonly WorkDraftStore drafts;
    private readonly TaskCompletionSource shown = new();

    public DraftKeeperTests() => drafts = new(ledger.Database);

    [Fact]
    public async Task What_was_written_is_saved_after_a_short_pause()
    {
        await JoinAsync();
        await using var keeper = Keeper();

        keeper.Keep("a = 1", "why?");
        Assert.Equal(DraftKeeper.DraftState.Saving, keeper.State);
        time.Advance(TimeSpan.FromSeconds(1));
        await shown.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);

        Assert.Equal(DraftKeeper.DraftState.Saved, keeper.State);
        Assert.Equal(("a = 1", "why?"), await SavedAsync());
    }

    [Fact]
    public async Task Nothing_is_called_saved_while_the_student_types_on()
    {
        await JoinAsync();
        await using var keeper = Keeper();
        keeper.Begin(saved: false);
        Assert.Equal(DraftKeeper.DraftState.Untouched, keeper.State);

        keeper.Expect();
        Assert.Equal(DraftKeeper.DraftState.Saving, keeper.State);
        keeper.Keep("a = 1", "");
        keeper.Expect();
        await keeper.SaveAsync();
        Assert.Equal(DraftKeeper.DraftState.Saving, keeper.State);

        keeper.Keep("a = 12", "");
        await keeper.SaveAsync();
        Assert.Equal(DraftKeeper.DraftState.Saved, keeper.State);
    }

    [Fact]
    public async Task What_the_browser_posted_when_the_page_went_away_is_not_undone_by_an_older_text()
    {
        await JoinAsync();
        var keeper = Keeper();
        keeper.Keep("older", "");
        time.Advance(TimeSpan.FromMilliseconds(100));

        await drafts.SaveAsync("intro-python", "median", student, "older and newer", "", time.GetUtcNow().ToUnixTimeMilliseconds(), Cancel);
        await keeper.DisposeAsync();

        Assert.Equal(("older and newer", ""), await SavedAsync());
    }

    [Fact]
    public async Task A_page_that_goes_away_saves_what_was_not_saved_yet()
    {
        await JoinAsync();
        var keeper = Keeper();

        keeper.Keep("a = 2", "");
        await keeper.DisposeAsync();

        Assert.Equal(("a = 2", ""), await SavedAsync());
    }

    [Fact]
    public async Task Of_many_changes_the_last_is_saved()
    {
        await JoinAsync();
        var keeper = Keeper();

        for (var i = 0; i < 20; i++)
            keeper.Keep($"a = {i}", "");
        await keeper.DisposeAsync();

        Assert.Equal(("a = 19", ""), await SavedAsync());
    }

    [Fact]
    public async Task A_database_that_refuses_is_tried_again()
    {
        await JoinAsync();
        await ledger.Database.ExecuteAsync("ALTER TABLE draft RENAME TO draft_away", null, Cancel);
        await using var keeper = Keeper();
        keeper.Keep("a = 3", "");

        await keeper.SaveAsync();
        Assert.Equal(DraftKeeper.DraftState.Failed, keeper.State);
        await ledger.Database.ExecuteAsync("ALTER TABLE draft_away RENAME TO draft", null, Cancel);
        await keeper.SaveAsync();

        Assert.Equal(DraftKeeper.DraftState.Saved, keeper.State);
        Assert.Equal(("a = 3", ""), await SavedAsync());
    }

    public void Dispose() => ledger.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DraftKeeper Keeper() => new(drafts, time, "intro-python", "median", student, () =>
    {
        shown.TrySetResult();
        return Task.CompletedTask;
    });

    private Task<int> JoinAsync() => ledger.Database.ExecuteAsync(
        """
        INSERT INTO person (id, name, created_at) VALUES ('sam-student', 'Sam Student', 0);
        INSERT INTO course (id, name, term, created_at) VALUES ('intro-python', 'Python', 'Spring', 0);
        INSERT INTO membership (course_id, person_id, role, created_at) VALUES ('intro-python', 'sam-student', 'student', 0);
        """,
        null, Cancel);

    private async Task<(string, string)> SavedAsync()
    {
        var draft = await drafts.FindAsync("intro-python", "median", student, Cancel);
        return (draft!.Body, draft.Question);
    }
}
