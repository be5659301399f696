namespace Tutor.ModelHost.Metrics;

/// <summary>What callers waited for, measured where HTTP begins.</summary>
internal sealed class ServingMetrics
{
    public LatencyHistogram FirstToken { get; } = new("vllm:time_to_first_token_seconds", "Time to first token in seconds.");

    public LatencyHistogram Answer { get; } = new("vllm:e2e_request_latency_seconds", "End to end request latency in seconds.");
}
