using System.Text;

namespace Tutor.ModelHost.Metrics;

/// <summary>Durations counted into steps, as Prometheus reads them.</summary>
internal sealed class LatencyHistogram(string name, string help)
{
    private static readonly double[] steps = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160];

    private readonly Lock gate = new();
    private readonly long[] counts = new long[steps.Length + 1];
    private double sum;

    public void Add(TimeSpan duration)
    {
        var step = Array.FindIndex(steps, most => duration.TotalSeconds <= most);
        lock (gate)
        {
            counts[step < 0 ? steps.Length : step]++;
            sum += duration.TotalSeconds;
        }
    }

    public void Write(StringBuilder text)
    {
        lock (gate)
        {
            text.Append($"# HELP {name} {help}\n# TYPE {name} histogram\n");
            long below = 0;
            for (var i = 0; i < steps.Length; i++) text.Append($"{name}_bucket{{le=\"{steps[i]}\"}} {below += counts[i]}\n");
            below += counts[^1];
            text.Append($"{name}_bucket{{le=\"+Inf\"}} {below}\n{name}_sum {sum}\n{name}_count {below}\n");
        }
    }
}
