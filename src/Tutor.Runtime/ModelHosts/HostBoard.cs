using Tutor.Data.ModelHosts;
using Tutor.Runtime.Admission;

namespace Tutor.Runtime.ModelHosts;

/// <summary>Gathers what operators see of the model hosts from all nodes.</summary>
public sealed class HostBoard
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);
    private readonly IGrainFactory grains;
    private readonly HostSwitches switches;
    private readonly TimeProvider time;

    internal HostBoard(IGrainFactory grains, HostSwitches switches, TimeProvider time) => (this.grains, this.switches, this.time) = (grains, switches, time);

    /// <exception cref="TimeoutException">The node that collects the figures is just going; ask again.</exception>
    public async Task<HostOverview> LookAsync(CancellationToken cancel)
    {
        var queue = await grains.GetGrain<IAdmissionGrain>(AdmissionGrain.DefaultPool).SnapshotAsync().WaitAsync(patience, time, cancel);
        var reports = await grains.GetGrain<IHostReportsGrain>(HostReportsGrain.Key).LatestAsync().WaitAsync(patience, time, cancel);
        var gone = (await switches.OutAsync(cancel)).ToDictionary(host => host.Host);
        return new HostOverview
        {
            Nodes = reports.Count, Queued = queue.Ids.Count, ExpectedWait = queue.Ids.Count == 0 ? TimeSpan.Zero : queue.WaitAt(queue.Ids.Count + 1),
            Hosts = [.. reports.SelectMany(report => report.Hosts).GroupBy(host => host.Name)
                .Select(host => Sum([.. host], gone.GetValueOrDefault(host.Key))).OrderBy(host => host.Name, StringComparer.Ordinal)],
        };
    }

    internal static PooledHost Sum(IReadOnlyList<HostReport> seen, HostOut? gone)
    {
        var read = seen.Sum(host => host.InputTokens);
        return new PooledHost
        {
            Name = seen[0].Name, Model = seen[0].Model, Out = gone, SeenBy = seen.Count, ReachedBy = seen.Count(host => host.IsUp),
            Running = seen.Sum(host => host.Running), Slots = seen.Max(host => host.Slots), Waiting = seen.Sum(host => host.Waiting),
            TokensPerSecond = seen.Sum(host => host.TokensPerSecond), Answers = seen.Sum(host => host.Answers), Failures = seen.Sum(host => host.Failures),
            PrefixHits = read == 0 ? null : (double)seen.Sum(host => host.CachedTokens) / read,
            Habits = [.. seen.SelectMany(host => host.Habits).Distinct(StringComparer.Ordinal)],
            LastError = seen.FirstOrDefault(host => host.LastError is not null)?.LastError,
        };
    }
}
