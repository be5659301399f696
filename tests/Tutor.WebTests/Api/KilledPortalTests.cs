using System.Globalization;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Api;

/// <summary>kill -9 of the whole portal while it answers, then a start on the same database.</summary>
public sealed class KilledPortalTests(ITestOutputHelper output)
{
    // Enough for CI in a minute; more by the environment.
    private const int UsualRounds = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_half_way_nothing_is_lost_each_hint_is_answered_once_and_streams_go_on_where_they_were()
    {
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(60));
        var settings = new Dictionary<string, string>().WithModelHost(model.Url, RequestBatch.Count);
        var portal = await PortalProcess.StartAsync(Cancel, settings);
        using var batch = await RequestBatch.StartAsync(portal, Cancel);
        await WaitUntilAsync(() => batch.Readings.Count(reading => reading.Text.Length > 20) >= RequestBatch.Count / 2);
        var ended = batch.Progress.Ended;

        await portal.KillAsync();
        await using var restarted = await PortalProcess.StartAsync(Cancel, settings, portal.DataFolder);
        batch.PortalIsAt(restarted.Address);
        await batch.Completion.WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        Assert.True(ended < RequestBatch.Count, "Every hint was finished before the kill, so the test showed nothing.");
        await batch.AssertExactAsync(restarted, Cancel);
        // The same key again costs nothing and gives the same interaction.
        Assert.Equal(batch.Ids[0], await batch.RepeatFirstAsync(Cancel));
        await batch.AssertExactAsync(restarted, Cancel);
    }

    /// <remarks>TUTOR_KILL_ROUNDS sets how many rounds are played, TUTOR_KILL_SEED repeats their moments.</remarks>
    [Fact]
    public async Task Killed_at_any_moment_and_again_nothing_is_lost_and_each_hint_is_answered_once()
    {
        var rounds = Setting("TUTOR_KILL_ROUNDS") ?? UsualRounds;
        var seed = Setting("TUTOR_KILL_SEED") ?? Random.Shared.Next();
        output.WriteLine($"TUTOR_KILL_SEED={seed}, {rounds} rounds of {RequestBatch.Count} requests");
        var random = new Random(seed);
        for (var round = 1; round <= rounds; round++)
            await PlayAsync(round, random);
    }

    // Up to three deaths, the first while requests come in, hints stream or the last of them end, the others in the
    // middle of what the one before left undone.
    private async Task PlayAsync(int round, Random random)
    {
        await using var model = await RequestBatch.SlowHostAsync(TimeSpan.FromMilliseconds(20));
        var settings = new Dictionary<string, string>().WithModelHost(model.Url, RequestBatch.Count);
        var portal = await PortalProcess.StartAsync(Cancel, settings);
        using var batch = await RequestBatch.StartAsync(portal, Cancel);
        var deaths = random.Next(1, 4);
        for (var death = 1; death <= deaths; death++)
        {
            var moment = TimeSpan.FromMilliseconds(random.Next(0, 3500));
            await Task.WhenAny(Task.Delay(moment, Cancel), batch.Completion);
            var (taken, ended) = batch.Progress;
            output.WriteLine($"round {round}, death {death} of {deaths} after {moment.TotalMilliseconds:0} ms: {taken} taken, {ended} ended");
            await portal.KillAsync();
            portal = await PortalProcess.StartAsync(Cancel, settings, portal.DataFolder);
            batch.PortalIsAt(portal.Address);
        }
        await using var last = portal;
        await batch.Completion.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
        await batch.AssertExactAsync(last, Cancel);
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "The hints did not begin to stream within a minute.");
            await Task.Delay(50, Cancel);
        }
    }
}
