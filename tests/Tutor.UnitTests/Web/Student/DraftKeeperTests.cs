using CsCheck;
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

        keeper.Keep(new("a = 1", "why?"));
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
        keeper.Begin(null);
        Assert.Equal(DraftKeeper.DraftState.Untouched, keeper.State);

        keeper.Expect();
        Assert.Equal(DraftKeeper.DraftState.Saving, keeper.State);
        keeper.Keep(new("a = 1", ""));
        keeper.Expect();
        await keeper.SaveAsync();
        Assert.Equal(DraftKeeper.DraftState.Saving, keeper.State);

        keeper.Keep(new("a = 12", ""));
        await keeper.SaveAsync();
        Assert.Equal(DraftKeeper.DraftState.Saved, keeper.State);
    }

    [Fact]
    public async Task What_the_browser_posted_when_the_page_went_away_is_not_undone_by_an_older_text()
    {
        await JoinAsync();
        var keeper = Keeper();
        keeper.Keep(new("older", ""));
        time.Advance(TimeSpan.FromMilliseconds(100));

        await drafts.SaveAsync("intro-python", "median", student, new("older and newer", ""), keeper.Window, time.GetUtcNow().ToUnixTimeMilliseconds(), Cancel);
        await keeper.DisposeAsync();

        Assert.Equal(("older and newer", ""), await SavedAsync());
    }

    [Fact]
    public async Task A_page_that_goes_away_saves_what_was_not_saved_yet()
    {
        await JoinAsync();
        var keeper = Keeper();

        keeper.Keep(new("a = 2", ""));
        await keeper.DisposeAsync();

        Assert.Equal(("a = 2", ""), await SavedAsync());
    }

    [Fact]
    public async Task Of_many_changes_the_last_is_saved()
    {
        await JoinAsync();
        var keeper = Keeper();

        for (var i = 0; i < 20; i++)
            keeper.Keep(new($"a = {i}", ""));
        await keeper.DisposeAsync();

        Assert.Equal(("a = 19", ""), await SavedAsync());
    }

    [Fact]
    public async Task A_database_that_refuses_is_tried_again()
    {
        await JoinAsync();
        await ledger.Database.ExecuteAsync("ALTER TABLE draft RENAME TO draft_away", null, Cancel);
        await using var keeper = Keeper();
        keeper.Keep(new("a = 3", ""));

        await keeper.SaveAsync();
        Assert.Equal(DraftKeeper.DraftState.Failed, keeper.State);
        await ledger.Database.ExecuteAsync("ALTER TABLE draft_away RENAME TO draft", null, Cancel);
        await keeper.SaveAsync();

        Assert.Equal(DraftKeeper.DraftState.Saved, keeper.State);
        Assert.Equal(("a = 3", ""), await SavedAsync());
    }

    [Fact]
    public async Task A_window_never_overwrites_what_another_one_wrote_and_keeps_its_own_text_apart()
    {
        await JoinAsync();
        var (laptop, phone) = (Keeper(), Keeper());
        laptop.Keep(new("one line", ""));
        await laptop.SaveAsync();
        phone.Begin(await FindAsync());
        phone.Keep(new("three more lines", "why?"));
        await phone.SaveAsync();

        laptop.Keep(new("one line, one word", ""));
        await laptop.SaveAsync();
        laptop.Keep(new("one line, two words", ""));
        await laptop.SaveAsync();

        Assert.Equal((DraftKeeper.DraftState.Saved, DraftKeeper.DraftState.Apart), (phone.State, laptop.State));
        Assert.Equal("three more lines", laptop.Elsewhere!.Body);
        Assert.Equal(("three more lines", "why?"), await SavedAsync());
        Assert.Equal(["one line, two words"], await KeptAsync());
    }

    [Fact]
    public async Task The_student_keeps_this_window_s_text_and_the_other_stays_among_the_earlier_versions()
    {
        var (laptop, phone) = await ApartAsync();

        await laptop.KeepMineAsync(new("laptop", ""));
        phone.Keep(new("phone again", ""));
        await phone.SaveAsync();

        Assert.Equal((DraftKeeper.DraftState.Saved, DraftKeeper.DraftState.Apart), (laptop.State, phone.State));
        Assert.Equal(("laptop", ""), await SavedAsync());
        Assert.Contains("phone", await KeptAsync());
    }

    [Fact]
    public async Task The_student_takes_the_other_window_s_text_and_goes_on_from_it()
    {
        var (laptop, _) = await ApartAsync();

        await laptop.TakeOtherAsync(new("laptop", ""));
        Assert.Equal(("phone", ""), await SavedAsync());
        laptop.Keep(new("phone and laptop", ""));
        await laptop.SaveAsync();

        Assert.Equal((DraftKeeper.DraftState.Saved, null), (laptop.State, laptop.Elsewhere));
        Assert.Equal(("phone and laptop", ""), await SavedAsync());
        Assert.Contains("laptop", await KeptAsync());
    }

    [Fact]
    public async Task What_a_browser_posts_after_another_window_wrote_is_set_aside()
    {
        var (laptop, _) = await ApartAsync();

        await drafts.SaveAsync("intro-python", "median", student, new("laptop, last words", ""), laptop.Window, time.GetUtcNow().ToUnixTimeMilliseconds(), Cancel);
        await laptop.DisposeAsync();

        Assert.Equal(("phone", ""), await SavedAsync());
        Assert.Contains("laptop, last words", await KeptAsync());
    }

    [Fact]
    public async Task A_window_that_lay_still_shows_what_another_one_wrote_and_one_with_words_of_its_own_does_not()
    {
        await JoinAsync();
        var (laptop, phone) = (Keeper(), Keeper());
        phone.Keep(new("phone", ""));
        await phone.SaveAsync();

        Assert.Equal("phone", (await laptop.LookAsync(Cancel))?.Body);
        Assert.Null(await laptop.LookAsync(Cancel));
        phone.Keep(new("phone again", ""));
        await phone.SaveAsync();
        laptop.Expect();
        Assert.Null(await laptop.LookAsync(Cancel));
    }

    [Fact]
    public async Task The_same_text_in_two_windows_is_no_matter_of_choice()
    {
        await JoinAsync();
        var (laptop, phone) = (Keeper(), Keeper());
        foreach (var window in (DraftKeeper[])[laptop, phone])
        {
            window.Keep(new("the same", ""));
            await window.SaveAsync();
        }

        phone.Keep(new("the same and more", ""));
        await phone.SaveAsync();

        Assert.Equal((DraftKeeper.DraftState.Saved, null), (phone.State, phone.Elsewhere));
        Assert.Equal(("the same and more", ""), await SavedAsync());
    }

    [Fact]
    public async Task The_last_ten_replaced_texts_are_kept()
    {
        await JoinAsync();
        await using var keeper = Keeper();

        for (var i = 0; i < 14; i++)
        {
            await keeper.SetAsideAsync(new($"text {i}", ""));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Enumerable.Range(4, 10).Reverse().Select(i => $"text {i}"), await KeptAsync());
    }

    [Fact]
    public async Task Any_text_comes_back_from_a_draft_as_it_went_in()
    {
        await JoinAsync();
        string[] pieces = ["a", "\r\n", "\r", "\n", "\f", "\u0085", "\u2028", "کتاب\u200cها", "e\u0301", "👨\u200d👩", "\ufeff", "'", "\u202e"];
        await using var keeper = Keeper();

        foreach (var text in Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 12].Select(string.Concat).Array[30].Single(_ => true, "0N0XIzNsQ0O2"))
        {
            keeper.Keep(new(text, text, text));
            await keeper.SaveAsync();

            var draft = (await FindAsync())!;
            Assert.Equal((text, text, text), (draft.Body, draft.Question, draft.FollowUp));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task A_stranger_saves_nothing()
    {
        await using var keeper = Keeper();

        Assert.IsType<DraftSave.Refused>(await drafts.SaveAsync("intro-python", "median", student, new("x", ""), new("w", 0), 1, Cancel));
        Assert.False(await drafts.KeepAsync("intro-python", "median", student, "id", new("x", ""), 1, Cancel));
    }

    public void Dispose() => ledger.Dispose();

    private async Task<(DraftKeeper Laptop, DraftKeeper Phone)> ApartAsync()
    {
        await JoinAsync();
        var (laptop, phone) = (Keeper(), Keeper());
        phone.Keep(new("phone", ""));
        await phone.SaveAsync();
        laptop.Keep(new("laptop", ""));
        await laptop.SaveAsync();
        Assert.NotNull(laptop.Elsewhere);
        return (laptop, phone);
    }

    private async Task<IEnumerable<string>> KeptAsync() => (await drafts.KeptAsync("intro-python", "median", student, Cancel)).Select(k => k.Body);

    private Task<WorkDraft?> FindAsync() => drafts.FindAsync("intro-python", "median", student, Cancel);

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
