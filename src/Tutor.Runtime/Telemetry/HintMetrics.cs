using System.Diagnostics.Metrics;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Inference.Hosts;
using Tutor.Runtime.Interactions;

namespace Tutor.Runtime.Telemetry;

/// <summary>What operators watch: hints that ended, how long students waited, tokens and cost, and the model hosts. Labels name courses and hosts, never people.</summary>
internal sealed class HintMetrics
{
    public const string MeterName = "tutor";

    private readonly Counter<long> hints;
    private readonly Counter<long> tokens;
    private readonly Counter<double> cost;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> wait;

    /// <param name="pool">Null where this process runs no model pool.</param>
    public HintMetrics(IMeterFactory factory, RunningHints running, ModelPool? pool = null)
    {
        var meter = factory.Create(MeterName);
        hints = meter.CreateCounter<long>("tutor.hints", "{hint}", "Hints that ended, by how and by who wrote them.");
        tokens = meter.CreateCounter<long>("tutor.tokens", "{token}", "Tokens of hints, read, taken from the prefix cache, and written.");
        cost = meter.CreateCounter<double>("tutor.cost", "{unit}", "Cost of hints in the currency of the hosts' price list.");
        duration = meter.CreateHistogram<double>("tutor.hint.duration", "s", "From asking to the recorded answer.", advice: Seconds);
        wait = meter.CreateHistogram<double>("tutor.hint.wait", "s", "From asking to the start of the first attempt.", advice: Seconds);
        meter.CreateObservableGauge("tutor.hints.running", () => running.All.Count, "{hint}", "Attempts at work in this process.");
        // From the start, so that a rule can tell "none has failed" from "nothing is known".
        foreach (var state in new[] { InteractionState.Done, InteractionState.Failed })
            hints.Add(0, new("course", ""), new("state", state), new("writer", "none"), new("guard", "none"));
        if (pool is null) return;
        meter.CreateObservableGauge("tutor.model_host.up", () => pool.Status.Select(host => Of(host, host.IsUp ? 1 : 0)), "{host}", "1 while a host answers.");
        meter.CreateObservableGauge("tutor.model_host.running", () => pool.Status.Select(host => Of(host, host.Running)), "{hint}", "Answers a host is writing.");
        meter.CreateObservableGauge("tutor.model_host.slots", () => pool.Status.Select(host => Of(host, host.Slots)), "{hint}", "Answers a host can write at once.");
    }

    // A ladder's hint takes milliseconds, a model's up to minutes on a processor.
    private static InstrumentAdvice<double> Seconds { get; } = new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320] };

    public void Finished(Interaction row, HintOutcome outcome, DateTimeOffset now)
    {
        var course = KeyValuePair.Create<string, object?>("course", row.CourseId);
        hints.Add(1, course, new("state", outcome.State), new("writer", outcome.Writer.Length > 0 ? outcome.Writer : "none"), new("guard", outcome.GuardAction));
        duration.Record((now.ToUnixTimeMilliseconds() - row.AskedAt) / 1000.0, course);
        if (row.StartedAt is { } started) wait.Record((started - row.AskedAt) / 1000.0, course);
        tokens.Add(outcome.InputTokens, course, new("kind", "input"));
        tokens.Add(outcome.CachedTokens, course, new("kind", "cached"));
        tokens.Add(outcome.OutputTokens, course, new("kind", "output"));
        cost.Add(outcome.CostMicro / 1_000_000.0, course);
    }

    private static Measurement<int> Of(ModelHostStatus host, int value) => new(value, new KeyValuePair<string, object?>("host", host.Name));
}
