using Tutor.Tests.Shared.Models;
using Tutor.Web.Api;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.ModelHost;

public sealed class KilledHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hint_whose_host_is_killed_goes_on_at_another_one()
    {
        await using var one = await SlowHost.StartAsync();
        await using var two = await SlowHost.StartAsync();
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string>().WithModelHosts(ModelHostProcess.Key, one.Api, two.Api));

        var reading = await ReadWithAKillAsync(portal, async () => await one.RunningAsync() > 0 ? one : two);

        Assert.Equal(("done", "model"), (reading.Finished!.State, reading.Finished.Writer));
        Assert.Equal(reading.Finished.Answer, reading.Text);
        // Whatever word the first host died at, the second one went on behind it.
        Assert.Equal(TestModels.SlowAnswer, reading.Text);
    }

    [Fact]
    public async Task A_hint_whose_only_host_is_killed_is_written_by_the_ladder()
    {
        await using var host = await SlowHost.StartAsync();
        await using var portal = await PortalProcess.StartAsync(Cancel, new Dictionary<string, string>().WithModelHosts(ModelHostProcess.Key, host.Api));

        var reading = await ReadWithAKillAsync(portal, () => Task.FromResult(host));

        Assert.Equal(("done", "ladder"), (reading.Finished!.State, reading.Finished.Writer));
        Assert.NotEmpty(reading.Finished.Answer);
        Assert.Equal(reading.Finished.Answer, reading.Text);
    }

    // Reads the hint until two lines are there, kills the host that writes it, and reads to the end.
    private static async Task<HintReading> ReadWithAKillAsync(PortalProcess portal, Func<Task<ModelHostProcess>> writing)
    {
        using var student = await ApiClient.SignInAsync(portal, "robin-student", Cancel);
        var submitted = await student.SubmitAsync("academic-writing", "thesis-paragraph",
            new HintBody { ClientKey = "key", Work = "Schools should start later, because sleep matters.", Question = "Is my thesis clear?" }, Cancel);
        var reading = new HintReading();
        var killed = false;
        await foreach (var item in student.StreamAsync(submitted.Id, 0, 0, Cancel))
        {
            reading.Take(item);
            if (killed || reading.Text.Split("\n\n").Length < 3) continue;
            await (await writing()).KillAsync();
            killed = true;
        }
        Assert.True(killed, $"The hint was over before its host could be killed: {reading.Finished?.Writer}, {reading.Text}");
        return reading;
    }
}
