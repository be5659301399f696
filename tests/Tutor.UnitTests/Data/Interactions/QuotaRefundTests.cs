using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;

namespace Tutor.UnitTests.Data.Interactions;

public abstract class QuotaRefundTests
{
    public sealed class OnSqlite : QuotaRefundTests;
    public sealed class OnPostgres : QuotaRefundTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hint_stopped_before_any_text_was_shown_does_not_count()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, _) = await file.RunAsync(cancel);

        await file.Ledger.CancelAsync(id, LedgerFile.Student, "", everShown: false, cancel);

        Assert.Equal((0, false), (await UsedAsync(file), await CountedAsync(file, id)));
    }

    [Theory]
    [InlineData("Look at", true)]
    [InlineData("", true)] // Its text was taken back before the student stopped it.
    public async Task A_hint_stopped_after_text_was_shown_counts(string shown, bool ever)
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, _) = await file.RunAsync(cancel);

        await file.Ledger.CancelAsync(id, LedgerFile.Student, shown, ever, cancel);

        Assert.Equal((1, true), (await UsedAsync(file), await CountedAsync(file, id)));
    }

    [Fact]
    public async Task A_hint_whose_node_died_after_a_checkpoint_counts_when_it_is_stopped()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel);
        await file.Ledger.CheckpointAsync([new Checkpoint(id, attempt, 0, "Look at", 2)], "node-1", null, cancel);

        await file.Ledger.CancelAsync(id, LedgerFile.Student, null, everShown: false, cancel);

        Assert.Equal((1, true), (await UsedAsync(file), await CountedAsync(file, id)));
    }

    [Fact]
    public async Task A_failed_hint_does_not_count_and_a_stale_attempt_gives_nothing_back()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, attempt) = await file.RunAsync(cancel);

        Assert.False(await file.Ledger.FinishAsync(Failed(id, attempt - 1), cancel));
        Assert.Equal(1, await UsedAsync(file));
        Assert.True(await file.Ledger.FinishAsync(Failed(id, attempt), cancel));
        Assert.False(await file.Ledger.FinishAsync(Failed(id, attempt), cancel));

        Assert.Equal((0, false), (await UsedAsync(file), await CountedAsync(file, id)));
    }

    [Fact]
    public async Task A_hint_asked_before_midnight_and_stopped_after_it_is_given_back_to_its_own_day()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var (id, _) = await file.RunAsync(cancel);
        var before = await file.Interactions.QuotaAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 40, cancel);
        file.Clock.Advance(DateTimeOffset.FromUnixTimeMilliseconds(before.ResetAt) - file.Clock.GetUtcNow());
        await file.AskAsync(cancel);

        await file.Ledger.CancelAsync(id, LedgerFile.Student, "", everShown: false, cancel);

        Assert.Equal(1, await UsedAsync(file));
        Assert.Equal([0, 1], await file.Database.QueryAsync<int>("SELECT used FROM quota ORDER BY day", null, cancel));
    }

    [Fact]
    public async Task Only_the_first_stops_of_a_day_are_free()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        for (var stop = 0; stop < QuotaRefund.FreeStopsPerDay + 3; stop++)
            await file.Ledger.CancelAsync(await file.AskAsync(cancel), LedgerFile.Student, "", everShown: false, cancel);

        Assert.Equal(3, await UsedAsync(file));
    }

    [Fact]
    public async Task Of_200_at_once_that_finish_fail_or_are_stopped_exactly_the_shown_ones_count()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var rows = new List<(string Id, int Attempt)>();
        for (var i = 0; i < 200; i++)
        {
            var id = Assert.IsType<SubmitResult.Accepted>(await file.SubmitAsync(cancel, quota: 200)).InteractionId;
            rows.Add((id, Assert.NotNull(await file.Ledger.ClaimAsync(id, 0, "node-1", LedgerFile.Lease, cancel))));
        }

        // Every row is finished and stopped at once: whichever comes first decides, and nothing is given back twice.
        var ended = await Task.WhenAll(rows.SelectMany((row, i) => new[]
        {
            Task.Run(() => file.Ledger.FinishAsync(i % 2 == 0 ? LedgerFile.Finished(row.Id, row.Attempt) : Failed(row.Id, row.Attempt), cancel), cancel),
            Task.Run(() => file.Ledger.CancelAsync(row.Id, LedgerFile.Student, "", everShown: false, cancel), cancel),
        }));

        Assert.Equal(200, ended.Count(done => done));
        var counted = await file.Database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM interaction WHERE counted", null, cancel);
        Assert.Equal(counted, await UsedAsync(file));
        var done = await file.Database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM interaction WHERE state = 'done'", null, cancel);
        var stopped = await file.Database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM interaction WHERE state = 'cancelled'", null, cancel);
        Assert.Equal(done + Math.Max(0, stopped - QuotaRefund.FreeStopsPerDay), counted);
    }

    [Fact]
    public async Task Of_200_that_ask_and_stop_at_once_never_more_than_the_quota_is_open_or_counted()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var accepted = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            if (await file.SubmitAsync(cancel, quota: 10) is not SubmitResult.Accepted row) return 0;
            if (i % 4 == 0) await file.Ledger.CancelAsync(row.InteractionId, LedgerFile.Student, "", everShown: false, cancel);
            return 1;
        }, cancel)));

        var counted = await file.Database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM interaction WHERE counted", null, cancel);
        Assert.Equal(counted, await UsedAsync(file));
        Assert.InRange(counted, 0, 10);
        Assert.InRange(accepted.Sum(), 10, 10 + QuotaRefund.FreeStopsPerDay);
    }

    private static FinishedAttempt Failed(string id, int attempt) =>
        LedgerFile.Finished(id, attempt) with { Outcome = new HintOutcome { State = InteractionState.Failed, Error = "The host went away." } };

    private async Task<int> UsedAsync(LedgerFile file) =>
        (await file.Interactions.QuotaAsync(LedgerFile.Course, LedgerFile.Student.PersonId, 40, cancel)).Used;

    private async Task<bool> CountedAsync(LedgerFile file, string id) => (await file.Interactions.LoadAsync(id, cancel))!.Counted;
}
