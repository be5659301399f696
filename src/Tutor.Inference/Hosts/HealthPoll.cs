using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tutor.Inference.Hosts;

/// <summary>Asks every host now and then whether it is there, so that a dead one is known before a student waits for it.</summary>
internal sealed class HealthPoll(ModelPool pool, IOptions<ModelHostsOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!pool.IsConfigured) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HealthPollSeconds), time);
        do
            await pool.CheckAllAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
