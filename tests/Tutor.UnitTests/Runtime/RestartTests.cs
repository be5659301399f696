using Tutor.Data;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Runtime.Hints;
using Tutor.Runtime.Interactions;
using Tutor.UnitTests.Runtime.Hints;

namespace Tutor.UnitTests.Runtime;

public sealed class RestartTests : IDisposable
{
    private const string Course = "intro-python";
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-restart-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hint_goes_on_from_its_text_after_a_restart_and_is_answered_once(bool stopsInOrder)
    {
        var before = new ScriptedWork { WaitAfter = 3 };
        string id;
        HintUpdate.Text seen;
        await using (var first = await StartAsync(before))
        {
            await first.AddCourseAsync(Course, students: 1, cancel);
            id = await first.AskAsync(Course, cancel);
            seen = await first.Desk.WatchAsync(id, RuntimeHost.Student(Course), cancel: cancel).OfType<HintUpdate.Text>().FirstAsync(cancel);
            await RuntimeHost.UntilAsync(async () => (await first.Interactions.FindDraftAsync(id, cancel))?.Text == "Look at what ", cancel);
            if (stopsInOrder) await first.StopAsync(cancel);
        }

        var after = new ScriptedWork { WaitAfter = 5 };
        await using var second = await StartAsync(after);
        var updates = new List<HintUpdate>();
        await foreach (var update in second.Desk.WatchAsync(id, RuntimeHost.Student(Course), seen.Revision, seen.Offset + seen.Added.Length, cancel))
        {
            updates.Add(update);
            if (update is HintUpdate.Text) after.Go.TrySetResult();
        }

        var end = Assert.IsType<HintUpdate.Finished>(updates[^1]).Interaction;
        Assert.Equal((InteractionState.Done, ScriptedWork.Text, 2), (end.State, end.Answer, end.Attempt));
        Assert.Equal("Look at what ", Assert.Single(after.Started).Partial);
        Assert.Equal(seen.Added.Length, updates.OfType<HintUpdate.Text>().First().Offset);
        Assert.Equal(ScriptedWork.Text, HintDeskTests.Shown([seen, .. updates]));
        Assert.Equal(1, (await second.Interactions.QuotaAsync(Course, RuntimeHost.Student(Course).PersonId, 40, cancel)).Used);
        await RuntimeHost.UntilAsync(async () => await CountAsync(second, "interaction_search") == 1, cancel);
    }

    [Fact]
    public async Task A_hint_whose_grain_is_taken_down_is_handed_over_at_once()
    {
        var work = new ScriptedWork { WaitAfter = 3 };
        // Only a hand-over makes a second attempt within the ten seconds that the test waits.
        await using var host = await RuntimeHost.StartAsync(folder, work, cancel, ("Runtime:CheckpointMilliseconds", "50"), ("Runtime:LeaseSeconds", "600"));
        await host.AddCourseAsync(Course, students: 1, cancel);
        var id = await host.AskAsync(Course, cancel);
        var watched = host.Desk.WatchAsync(id, RuntimeHost.Student(Course), cancel: cancel).ToListAsync(cancel);
        await RuntimeHost.UntilAsync(async () => (await host.Interactions.FindDraftAsync(id, cancel))?.Text == "Look at what ", cancel);

        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IInteractionGrain>(id).AsReference<IGrainManagementExtension>().DeactivateOnIdle(cancel);
        await RuntimeHost.UntilAsync(() => Task.FromResult(work.Started.Count == 2), cancel);
        work.Go.SetResult();

        var updates = await watched;
        var end = Assert.IsType<HintUpdate.Finished>(updates[^1]).Interaction;
        Assert.Equal((InteractionState.Done, ScriptedWork.Text, 2), (end.State, end.Answer, end.Attempt));
        Assert.Equal("Look at what ", work.Started[1].Partial);
        Assert.Equal(ScriptedWork.Text, HintDeskTests.Shown(updates));
    }

    [Fact]
    public async Task All_of_forty_hints_at_work_or_waiting_are_answered_once_after_a_restart()
    {
        const int hints = 40;
        var before = new ScriptedWork { WaitAfter = 2 };
        var ids = new List<string>();
        await using (var first = await StartAsync(before))
        {
            await first.AddCourseAsync(Course, students: 8, cancel);
            for (var i = 0; i < hints; i++) ids.Add(await first.AskAsync(Course, cancel, student: 1 + i % 8));
            await RuntimeHost.UntilAsync(() => Task.FromResult(before.Started.Count == 16), cancel);
        }

        await using var second = await StartAsync(new ScriptedWork());
        await RuntimeHost.UntilAsync(async () => await CountAsync(second, "interaction WHERE state = 'done'") == hints, cancel);

        await RuntimeHost.UntilAsync(async () => await CountAsync(second, "interaction_search") == hints, cancel);
        Assert.Equal(hints, await second.Database.QuerySingleOrDefaultAsync<long>("SELECT SUM(used) FROM quota", null, cancel));
        Assert.Equal(0, await CountAsync(second, "interaction_draft"));
        Assert.Equal(ids.Order(), (await second.Database.QueryAsync<string>("SELECT id FROM interaction", null, cancel)).Order());
    }

    [Fact]
    public async Task A_second_process_on_the_same_database_is_refused_with_a_reason()
    {
        await using var first = await StartAsync(new ScriptedWork());

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(() => StartAsync(new ScriptedWork()));

        Assert.Contains("Another Tutor uses the database", refused.Message, StringComparison.Ordinal);
    }

    private Task<RuntimeHost> StartAsync(ScriptedWork work) =>
        RuntimeHost.StartAsync(folder, work, cancel, ("Runtime:CheckpointMilliseconds", "50"));

    private async Task<long> CountAsync(RuntimeHost host, string what) =>
        await host.Database.QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {what}", null, cancel);
}
