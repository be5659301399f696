using Dapper;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;

namespace Tutor.UnitTests.Data.Interactions;

public abstract class LedgerTests
{
    public sealed class OnSqlite : LedgerTests;

    public sealed class OnPostgres : LedgerTests, IOnPostgres
    {
        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public async Task A_checkpoint_waits_for_no_attempt_that_is_just_ending_and_calls_it_not_lost(bool renewed)
        {
            using var file = await LedgerFile.CreateAsync(cancel);
            var (ending, other) = (await file.RunAsync(cancel), await file.RunAsync(cancel));

            await file.Database.WriteAsync(async (connection, _) =>
            {
                await connection.ExecuteAsync("UPDATE interaction SET state = 'done' WHERE id = @id", new { id = ending.Id });
                var lost = await file.Ledger.CheckpointAsync(
                    [new Checkpoint(ending.Id, ending.Attempt, 0, "Look", 1), new Checkpoint(other.Id, other.Attempt, 0, "Look at", 2)],
                    "node-1", renewed ? LedgerFile.Lease : null, cancel).WaitAsync(TimeSpan.FromSeconds(20), cancel);
                Assert.Empty(lost);
            }, cancel);

            Assert.Null(await file.Interactions.FindDraftAsync(ending.Id, cancel));
            Assert.Equal("Look at", (await file.Interactions.FindDraftAsync(other.Id, cancel))?.Text);
        }
    }

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_client_key_gives_the_same_interaction_and_costs_nothing()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var first = await file.SubmitAsync(cancel, key: "k1");
        var again = await file.SubmitAsync(cancel, key: "k1", work: "something else");

        Assert.Equal(Assert.IsType<SubmitResult.Accepted>(first) with { Repeated = true }, again);
        Assert.Equal(1, await file.CountAsync("interaction", cancel));
        Assert.Equal(1, (await file.Interactions.QuotaAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 40, cancel)).Used);
    }

    [Fact]
    public async Task Of_the_same_client_key_sent_many_times_at_once_one_interaction_comes_and_one_hint_is_counted()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => file.SubmitAsync(cancel, key: "k1", quota: 3), cancel)));

        Assert.Single(results.Cast<SubmitResult.Accepted>().Select(result => result.InteractionId).Distinct());
        Assert.Equal(1, await file.CountAsync("interaction", cancel));
        Assert.Equal(1, (await file.Interactions.QuotaAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 3, cancel)).Used);
    }

    [Fact]
    public async Task A_request_repeated_after_the_quota_is_spent_is_still_the_same_interaction()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var first = Assert.IsType<SubmitResult.Accepted>(await file.SubmitAsync(cancel, key: "k1", quota: 1));

        Assert.Equal(first with { Repeated = true }, await file.SubmitAsync(cancel, key: "k1", quota: 1));
        Assert.IsType<SubmitResult.QuotaSpent>(await file.SubmitAsync(cancel, key: "k2", quota: 1));
    }

    [Fact]
    public async Task Two_students_may_use_the_same_client_key()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var mine = await file.AskAsync(cancel, LedgerFile.Student, "k1");
        var theirs = await file.AskAsync(cancel, LedgerFile.Other, "k1");

        Assert.NotEqual(mine, theirs);
    }

    [Fact]
    public async Task Of_200_requests_at_once_exactly_the_quota_is_accepted()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => file.SubmitAsync(cancel, quota: 10), cancel)));

        Assert.Equal(10, results.OfType<SubmitResult.Accepted>().Count());
        Assert.Equal(190, results.OfType<SubmitResult.QuotaSpent>().Count());
        Assert.Equal(10, await file.CountAsync("interaction", cancel));
        Assert.Equal(10, await file.CountAsync("submission", cancel));
        Assert.Equal(0, (await file.Interactions.QuotaAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 10, cancel)).Left);
    }

    [Fact]
    public async Task A_spent_quota_says_when_it_starts_again_and_does_so_at_midnight()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await file.SubmitAsync(cancel, quota: 1);

        var refused = await file.SubmitAsync(cancel, quota: 1);
        var reset = DateTimeOffset.FromUnixTimeMilliseconds(Assert.IsType<SubmitResult.QuotaSpent>(refused).ResetAt);
        file.Clock.Advance(reset - file.Clock.GetUtcNow());

        Assert.Equal(new DateTimeOffset(2027, 3, 2, 0, 0, 0, TimeSpan.Zero), reset);
        Assert.IsType<SubmitResult.Accepted>(await file.SubmitAsync(cancel, quota: 1));
    }

    [Fact]
    public async Task A_stranger_cannot_ask_in_a_course()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        Assert.IsType<SubmitResult.NotFound>(await file.SubmitAsync(cancel, student: LedgerFile.Stranger));
        Assert.Equal(0, await file.CountAsync("quota", cancel));
    }

    [Fact]
    public async Task A_second_finish_of_the_same_attempt_writes_nothing()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel);

        Assert.True(await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt), cancel));
        Assert.False(await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt, "Another answer."), cancel));

        Assert.Equal("Look at the empty list.", (await file.Interactions.LoadAsync(id, cancel))!.Answer);
        foreach (var (table, rows) in new[] { ("interaction_step", 2), ("verdict", 1), ("flag", 1), ("interaction_prompt", 1), ("interaction_search", 1) })
            Assert.Equal((table, rows), (table, await file.CountAsync(table, cancel)));
    }

    [Fact]
    public async Task An_attempt_that_lost_its_row_cannot_write()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, stale) = await file.RunAsync(cancel, "node-1");
        file.Clock.Advance(LedgerFile.Lease + TimeSpan.FromMilliseconds(1));
        var attempt = await file.Ledger.ClaimAsync(id, stale, "node-2", LedgerFile.Lease, cancel);

        var lost = await file.Ledger.CheckpointAsync([new Checkpoint(id, stale, 0, "old text", 2)], "node-1", LedgerFile.Lease, cancel);

        Assert.Equal([id], lost);
        Assert.False(await file.Ledger.RequeueAsync(id, stale, cancel));
        Assert.False(await file.Ledger.FinishAsync(LedgerFile.Finished(id, stale), cancel));
        Assert.Null(await file.Interactions.FindDraftAsync(id, cancel));
        Assert.True(await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt!.Value), cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_checkpoints_those_that_hold_their_rows_are_kept_and_the_others_are_lost(bool renewed)
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var runs = new List<(string Id, int Attempt)>();
        for (var i = 0; i < 6; i++) runs.Add(await file.RunAsync(cancel, "node-1"));
        file.Clock.Advance(LedgerFile.Lease + TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await file.Ledger.ClaimAsync(runs[1].Id, runs[1].Attempt, "node-2", LedgerFile.Lease, cancel));
        Assert.True(await file.Ledger.FinishAsync(LedgerFile.Finished(runs[2].Id, runs[2].Attempt), cancel));

        var lost = await file.Ledger.CheckpointAsync(
            [.. runs.Select((run, i) => new Checkpoint(run.Id, run.Attempt, i, i == 3 ? "" : $"text {i}", i))], "node-1", renewed ? LedgerFile.Lease : null, cancel);

        Assert.Equal([runs[1].Id, runs[2].Id], lost);
        var drafts = new List<(string?, int?)>();
        foreach (var run in runs) drafts.Add(await file.Interactions.FindDraftAsync(run.Id, cancel) is { } draft ? (draft.Text, draft.Revision) : (null, null));
        Assert.Equal([("text 0", 0), (null, null), (null, null), (null, null), ("text 4", 4), ("text 5", 5)], drafts);
        Assert.Equal(renewed ? runs.Count - 2 : 0, await file.Database.QuerySingleOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM interaction WHERE owner = 'node-1' AND lease_until > @now", new { now = file.Clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancel));
    }

    [Fact]
    public async Task A_late_checkpoint_of_an_older_attempt_does_not_replace_a_newer_one()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel);
        await file.Database.ExecuteAsync(
            "INSERT INTO interaction_draft (interaction_id, attempt, revision, text, tokens, updated_at) VALUES (@id, 9, 3, 'newer', 1, 0)", new { id }, cancel);

        await file.Ledger.CheckpointAsync([new Checkpoint(id, attempt, 2, "older", 1)], "node-1", null, cancel);

        Assert.Equal("newer", (await file.Interactions.FindDraftAsync(id, cancel))!.Text);
    }

    [Fact]
    public async Task An_answer_with_a_NUL_and_work_of_a_million_different_words_are_recorded()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var work = string.Join(' ', Enumerable.Range(0, 160_000).Select(n => n.ToString("x6")));
        var id = Assert.IsType<SubmitResult.Accepted>(await file.SubmitAsync(cancel, work: work)).InteractionId;
        var attempt = Assert.NotNull(await file.Ledger.ClaimAsync(id, 0, "node-1", LedgerFile.Lease, cancel));

        Assert.True(await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt, "Look\0 here."), cancel));

        var row = (await file.Interactions.LoadAsync(id, cancel))!;
        Assert.Equal(("Look here.", work.Length), (row.Answer, row.Work.Length));
    }

    [Fact]
    public async Task A_live_owner_is_not_robbed_and_a_renewed_lease_holds()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel, "node-1");
        file.Clock.Advance(TimeSpan.FromSeconds(6));
        await file.Ledger.CheckpointAsync([new Checkpoint(id, attempt, 0, "", 0)], "node-1", LedgerFile.Lease, cancel);
        file.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Null(await file.Ledger.ClaimAsync(id, attempt, "node-2", LedgerFile.Lease, cancel));
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_wins()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var id = await file.AskAsync(cancel);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(node =>
            Task.Run(() => file.Ledger.ClaimAsync(id, 0, $"node-{node}", LedgerFile.Lease, cancel), cancel)));

        Assert.Equal([1], claims.Where(attempt => attempt is not null));
    }

    [Fact]
    public async Task A_released_row_goes_on_from_its_last_checkpoint()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel, "node-1");
        await file.Ledger.CheckpointAsync([new Checkpoint(id, attempt, 2, "Look at", 2)], "node-1", null, cancel);
        await file.Ledger.CheckpointAsync([new Checkpoint(id, attempt, 2, "Look at the empty", 4)], "node-1", null, cancel);

        await file.Ledger.ReleaseAsync("node-1", cancel);
        var next = await file.Ledger.ClaimAsync(id, attempt, "node-2", LedgerFile.Lease, cancel);

        Assert.Equal(attempt + 1, next);
        Assert.Equal(new HintDraft { Attempt = attempt, Revision = 2, Text = "Look at the empty", Tokens = 4 }, await file.Interactions.FindDraftAsync(id, cancel));
    }

    [Fact]
    public async Task Cancelling_keeps_the_text_shown_and_ends_the_attempt()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel);
        await file.Ledger.CheckpointAsync([new Checkpoint(id, attempt, 0, "Look at", 2)], "node-1", null, cancel);

        Assert.False(await file.Ledger.CancelAsync(id, LedgerFile.Other, null, false, cancel));
        Assert.False(await file.Ledger.CancelAsync(id, LedgerFile.Instructor, null, false, cancel));
        Assert.True(await file.Ledger.CancelAsync(id, LedgerFile.Student, null, false, cancel));

        var row = await file.Interactions.FindAsync(id, LedgerFile.Student, cancel);
        Assert.Equal((InteractionState.Cancelled, "Look at"), (row!.State, row.Answer));
        Assert.False(await file.Ledger.FinishAsync(LedgerFile.Finished(id, attempt), cancel));
        Assert.Empty(await file.Ledger.OpenAsync(cancel));
    }

    [Fact]
    public async Task Open_rows_say_which_hint_of_the_day_they_are()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await file.AskAsync(cancel);
        await file.AskAsync(cancel);
        await file.AskAsync(cancel, LedgerFile.Other);

        var open = await file.Ledger.OpenAsync(cancel);

        Assert.Equal([("sam-student", 1), ("sam-student", 2), ("sue-student", 1)], open.Select(row => (row.StudentId, row.Priority)));
    }
}
