using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Runtime.Hints;

namespace Tutor.UnitTests.Runtime.Hints;

public sealed class HintDeskTests : IDisposable
{
    private const string Course = "intro-python";
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-runtime-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_request_is_answered_and_its_watcher_sees_steps_evidence_text_and_the_end()
    {
        await using var host = await StartAsync(new ScriptedWork { WordTakes = TimeSpan.FromMilliseconds(20) });
        var id = await host.AskAsync(Course, cancel);

        var updates = await host.Desk.WatchAsync(id, RuntimeHost.Student(Course), cancel: cancel).ToListAsync(cancel);

        var end = Assert.IsType<HintUpdate.Finished>(updates[^1]).Interaction;
        Assert.Equal((InteractionState.Done, ScriptedWork.Text, 1), (end.State, end.Answer, end.Attempt));
        Assert.Contains(new HintUpdate.Step("evidence", "ok"), updates);
        Assert.Contains(updates, update => update is HintUpdate.Evidence { Found.TookMilliseconds: 7 });
        Assert.Equal(ScriptedWork.Text, Shown(updates));
    }

    [Fact]
    public async Task A_viewer_who_comes_back_gets_the_rest_from_where_they_were()
    {
        var work = new ScriptedWork { WaitAfter = 3 };
        await using var host = await StartAsync(work);
        var id = await host.AskAsync(Course, cancel);
        var before = new List<HintUpdate>();
        await foreach (var update in host.Desk.WatchAsync(id, RuntimeHost.Student(Course), cancel: cancel))
        {
            before.Add(update);
            if (Shown(before).Length == "Look at what ".Length) break;
        }
        var seen = before.OfType<HintUpdate.Text>().Last();

        work.Go.SetResult();
        var after = await host.Desk.WatchAsync(id, RuntimeHost.Student(Course), seen.Revision, seen.Offset + seen.Added.Length, cancel).ToListAsync(cancel);

        Assert.All(after.OfType<HintUpdate.Text>(), text => Assert.True(text.Offset >= "Look at what ".Length));
        Assert.Equal(ScriptedWork.Text, Shown([.. before, .. after]));
    }

    [Fact]
    public async Task A_finished_hint_is_continued_by_offset_too()
    {
        await using var host = await StartAsync(new ScriptedWork());
        var id = await host.AskAsync(Course, cancel);
        var end = await host.EndOfAsync(id, RuntimeHost.Student(Course), cancel);

        var rest = await host.Desk.WatchAsync(id, RuntimeHost.Student(Course), end.AnswerRevision, 8, cancel).ToListAsync(cancel);

        Assert.Equal(new HintUpdate.Text(end.AnswerRevision, 8, ScriptedWork.Text[8..]), rest[0]);
        Assert.IsType<HintUpdate.Finished>(rest[1]);
    }

    [Fact]
    public async Task A_stranger_sees_and_stops_nothing()
    {
        await using var host = await StartAsync(new ScriptedWork { WaitAfter = 2 });
        var id = await host.AskAsync(Course, cancel);

        Assert.Empty(await host.Desk.WatchAsync(id, RuntimeHost.Student(Course, 2), cancel: cancel).ToListAsync(cancel));
        Assert.False(await host.Desk.CancelAsync(id, RuntimeHost.Student(Course, 2), cancel));
        Assert.IsType<SubmitResult.NotFound>(await host.Desk.SubmitAsync(
            new SubmitRequest { ClientKey = "k", CourseId = Course, ExerciseId = "average", Work = "x" }, new Viewer("nobody"), cancel));
    }

    [Fact]
    public async Task Stopping_a_hint_keeps_what_was_shown_and_ends_its_watchers()
    {
        await using var host = await StartAsync(new ScriptedWork { WaitAfter = 3 });
        var id = await host.AskAsync(Course, cancel);
        var watching = host.Desk.WatchAsync(id, RuntimeHost.Student(Course), cancel: cancel).ToListAsync(cancel);
        await RuntimeHost.UntilAsync(async () => (await host.Interactions.FindDraftAsync(id, cancel))?.Text == "Look at what ", cancel);

        Assert.True(await host.Desk.CancelAsync(id, RuntimeHost.Student(Course), cancel));

        var end = Assert.IsType<HintUpdate.Finished>((await watching)[^1]).Interaction;
        Assert.Equal((InteractionState.Cancelled, "Look at what "), (end.State, end.Answer));
        Assert.False(await host.Desk.CancelAsync(id, RuntimeHost.Student(Course), cancel));
    }

    [Fact]
    public async Task A_waiting_request_knows_its_place_and_can_be_stopped_before_it_began()
    {
        var work = new ScriptedWork { WaitAfter = 0 };
        await using var host = await StartAsync(work, ("Runtime:Slots", "1"));
        await host.AskAsync(Course, cancel, student: 1);
        await RuntimeHost.UntilAsync(() => Task.FromResult(work.Started.Count == 1), cancel);
        await host.AskAsync(Course, cancel, student: 2);
        var third = await host.AskAsync(Course, cancel, student: 3);

        var place = await host.Desk.WatchAsync(third, RuntimeHost.Student(Course, 3), cancel: cancel).FirstAsync(cancel);
        Assert.True(await host.Desk.CancelAsync(third, RuntimeHost.Student(Course, 3), cancel));

        Assert.Equal(2, Assert.IsType<HintUpdate.Queued>(place).Place);
        Assert.Equal(InteractionState.Cancelled, (await host.EndOfAsync(third, RuntimeHost.Student(Course, 3), cancel)).State);
        Assert.Single(work.Started);
    }

    [Fact]
    public async Task Who_waits_asks_the_ledger_nothing_and_keeps_waiting_while_it_is_away()
    {
        var work = new ScriptedWork { WaitAfter = 0 };
        await using var host = await StartAsync(work, ("Runtime:Slots", "1"));
        await host.AskAsync(Course, cancel, student: 1);
        await RuntimeHost.UntilAsync(() => Task.FromResult(work.Started.Count == 1), cancel);
        var second = await host.AskAsync(Course, cancel, student: 2);
        var told = new TaskCompletionSource();
        var watching = host.Desk.WatchAsync(second, RuntimeHost.Student(Course, 2), cancel: cancel)
            .Select(update => { told.TrySetResult(); return update; }).ToListAsync(cancel).AsTask();
        await told.Task.WaitAsync(cancel);

        await host.Database.ExecuteAsync("ALTER TABLE interaction RENAME TO away", null, cancel);
        await Task.WhenAny(watching, Task.Delay(TimeSpan.FromSeconds(2.5), cancel));
        await host.Database.ExecuteAsync("ALTER TABLE away RENAME TO interaction", null, cancel);
        work.Go.SetResult();

        Assert.Equal(InteractionState.Done, Assert.IsType<HintUpdate.Finished>((await watching)[^1]).Interaction.State);
    }

    [Fact]
    public async Task However_long_the_queue_who_stops_waiting_is_told_at_once()
    {
        var work = new ScriptedWork { WaitAfter = 0 };
        await using var host = await StartAsync(work, ("Runtime:Slots", "1"));
        for (var i = 0; i < 40; i++) await host.AskAsync(Course, cancel, student: 1 + i % 2);
        var last = await host.AskAsync(Course, cancel, student: 1);
        var queued = new TaskCompletionSource<TimeSpan>();
        var watching = host.Desk.WatchAsync(last, RuntimeHost.Student(Course, 1), cancel: cancel)
            .Select(update => { if (update is HintUpdate.Queued { Place: not null } place) queued.TrySetResult(place.ExpectedWait); return update; }).ToListAsync(cancel).AsTask();
        // Long enough that its next look is five seconds away.
        Assert.True(await queued.Task.WaitAsync(cancel) > TimeSpan.FromSeconds(100));

        Assert.True(await host.Desk.CancelAsync(last, RuntimeHost.Student(Course, 1), cancel));
        var end = (await watching.WaitAsync(TimeSpan.FromSeconds(3), cancel))[^1];

        Assert.Equal(InteractionState.Cancelled, Assert.IsType<HintUpdate.Finished>(end).Interaction.State);
    }

    [Fact]
    public async Task Work_that_keeps_failing_is_given_up_and_its_student_is_told()
    {
        var work = new ScriptedWork { FailsWith = new InvalidOperationException("The ladder is missing.") };
        await using var host = await StartAsync(work, ("Runtime:MaxFailures", "2"));
        var id = await host.AskAsync(Course, cancel);

        var end = await host.EndOfAsync(id, RuntimeHost.Student(Course), cancel);

        Assert.Equal((InteractionState.Failed, 2, 2), (end.State, end.Attempt, work.Started.Count));
        Assert.Contains("The ladder is missing.", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_never_ends_is_given_up()
    {
        await using var host = await StartAsync(new ScriptedWork { WaitAfter = 1 }, ("Runtime:MaxFailures", "1"), ("Runtime:MaxMinutes", "0.01"));
        var id = await host.AskAsync(Course, cancel);

        var end = await host.EndOfAsync(id, RuntimeHost.Student(Course), cancel);

        Assert.Equal(InteractionState.Failed, end.State);
        Assert.Contains("not ready after 00:00:00.6", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_lost_its_row_stops_by_itself()
    {
        var work = new ScriptedWork { WaitAfter = 3 };
        await using var host = await StartAsync(work);
        var id = await host.AskAsync(Course, cancel);
        await RuntimeHost.UntilAsync(async () => await host.Interactions.FindDraftAsync(id, cancel) is not null, cancel);

        await host.Database.ExecuteAsync(
            "UPDATE interaction SET attempt = attempt + 1, owner = 'another node', lease_until = 9e15 WHERE id = @id", new { id }, cancel);
        await RuntimeHost.UntilAsync(() => Task.FromResult(Running(host) == 0), cancel);
        work.Go.SetResult();

        Assert.Equal(InteractionState.Running, (await host.Interactions.LoadAsync(id, cancel))!.State);
        Assert.Single(work.Started);
    }

    [Fact]
    public async Task Sending_a_request_again_gives_the_same_hint_once()
    {
        var work = new ScriptedWork();
        await using var host = await StartAsync(work);

        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.AskAsync(Course, cancel, key: "same")));
        await host.EndOfAsync(ids[0], RuntimeHost.Student(Course), cancel);

        Assert.Single(ids.Distinct());
        Assert.Single(work.Started);
    }

    [Fact]
    public async Task The_next_level_goes_up_from_the_last_hint_and_stops_at_the_policys_highest()
    {
        await using var host = await StartAsync(new ScriptedWork());
        var levels = new List<HintLevel>();
        SubmitResult result = await NextAsync(InteractionKind.Hint);
        while (result is SubmitResult.Accepted accepted)
        {
            levels.Add((await host.EndOfAsync(accepted.InteractionId, RuntimeHost.Student(Course), cancel)).Level!.Value);
            result = await NextAsync(InteractionKind.NextLevel);
        }

        Assert.Equal([HintLevel.Nudge, HintLevel.Concept, HintLevel.Location, HintLevel.Example], levels);
        Assert.Contains("as far as Tutor goes", Assert.IsType<SubmitResult.Invalid>(result).Message, StringComparison.Ordinal);
        Assert.True(Assert.IsType<SubmitResult.Accepted>(await NextAsync(InteractionKind.NextLevel, "key-4")).Repeated, "A retry of what was accepted is no new request.");

        Task<SubmitResult> NextAsync(string kind, string? key = null) => host.Desk.SubmitAsync(
            new SubmitRequest { ClientKey = key ?? $"key-{levels.Count + 1}", CourseId = Course, ExerciseId = "average", Work = "x = 1", Kind = kind },
            RuntimeHost.Student(Course), cancel);
    }

    private async Task<RuntimeHost> StartAsync(ScriptedWork work, params (string, string)[] settings)
    {
        var host = await RuntimeHost.StartAsync(folder, work, cancel, [("Runtime:CheckpointMilliseconds", "50"), .. settings]);
        await host.AddCourseAsync(Course, students: 3, cancel);
        return host;
    }

    private static int Running(RuntimeHost host) =>
        ((Tutor.Runtime.Interactions.RunningHints)host.Services.GetService(typeof(Tutor.Runtime.Interactions.RunningHints))!).All.Count;

    internal static string Shown(IEnumerable<HintUpdate> updates) =>
        updates.OfType<HintUpdate.Text>().Aggregate("", (shown, text) => shown[..text.Offset] + text.Added);
}
