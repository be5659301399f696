namespace Tutor.Runtime.ModelHosts;

internal sealed class HostReportsGrain(TimeProvider time) : Grain, IHostReportsGrain
{
    public const string Key = "hosts";

    // Some reports long: a node that is gone does not stay on the page.
    private static readonly TimeSpan fresh = HostReporter.Every * 5;
    private readonly Dictionary<string, (NodeReport Report, long At)> reports = [];

    public Task ReportAsync(NodeReport report)
    {
        reports[report.Node] = (report, time.GetTimestamp());
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<NodeReport>> LatestAsync()
    {
        foreach (var (node, (_, at)) in reports.ToList())
            if (time.GetElapsedTime(at) > fresh) reports.Remove(node);
        return Task.FromResult<IReadOnlyList<NodeReport>>([.. reports.Values.Select(value => value.Report)]);
    }
}
