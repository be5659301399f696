using System.Text;
using Tutor.Inference.Embedded;
using Tutor.Inference.Engine;

namespace Tutor.ModelHost.Metrics;

/// <summary>Figures for Prometheus. Where llama.cpp's server or vLLM has a figure of the same meaning, its name is used, so that their dashboards work.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app) => app.MapGet("/metrics", (EmbeddedModelLoader loader, ServingMetrics serving) =>
    {
        var text = new StringBuilder();
        Write(text, loader.Required().Engine.Metrics);
        serving.FirstToken.Write(text);
        serving.Answer.Write(text);
        return Results.Text(text.ToString(), "text/plain; version=0.0.4");
    });

    private static void Write(StringBuilder text, EngineMetrics now)
    {
        void Counter(string name, string help, double value) => text.Append($"# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}\n");
        void Gauge(string name, string help, double value) => text.Append($"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        double Per(double count, double whole) => whole > 0 ? count / whole : 0;

        Counter("llamacpp:prompt_tokens_total", "Prompt tokens computed, without cached ones.", now.DecodedPromptTokens);
        Counter("llamacpp:prompt_tokens_cached_total", "Prompt tokens taken from the prefix cache.", now.CachedPromptTokens);
        Counter("llamacpp:prompt_seconds_total", "Seconds spent on steps with prompt tokens.", now.PromptSeconds);
        Counter("llamacpp:tokens_predicted_total", "Tokens generated.", now.GeneratedTokens);
        Counter("llamacpp:tokens_predicted_seconds_total", "Seconds spent on steps that only generate.", now.GenerationSeconds);
        Counter("llamacpp:n_decode_total", "Calls of the model.", now.Steps);
        Gauge("llamacpp:prompt_tokens_seconds", "Average prompt tokens per second.", Per(now.DecodedPromptTokens, now.PromptSeconds));
        Gauge("llamacpp:predicted_tokens_seconds", "Average generated tokens per second.", Per(now.GeneratedTokens, now.PromptSeconds + now.GenerationSeconds));
        Gauge("llamacpp:requests_processing", "Answers being written.", now.Running);
        Gauge("llamacpp:requests_deferred", "Requests that wait for a slot.", now.Waiting);
        Gauge("llamacpp:n_busy_slots_per_decode", "Average sequences per call of the model.", Per(now.StepSequences, now.Steps));
        Counter("vllm:prefix_cache_queries", "Admitted requests, each of which looked for a prefix.", now.PrefixLookups);
        Counter("vllm:prefix_cache_hits", "Requests that found a prefix.", now.PrefixHits);
        Gauge("vllm:kv_cache_usage_perc", "Part of the key-value cells in use by running requests, 0 to 1.", Per(now.KvRunning, now.KvTotal));
        Gauge("tutor:kv_cells_cached", "Key-value cells held for prefixes alone.", now.KvCached);
        Gauge("tutor:slots", "Answers that can be written at once.", now.Slots);
        Counter("tutor:prefix_evictions_total", "Prefixes dropped to make room.", now.PrefixEvictions);
        Counter("tutor:adapter_switches_total", "Times another adapter was put on.", now.AdapterSwitches);
        Counter("tutor:queue_seconds_total", "Seconds that admitted requests had waited for a slot.", now.QueueSeconds);
        text.Append("# HELP vllm:request_success Finished requests.\n# TYPE vllm:request_success counter\n"
            + $"vllm:request_success{{finished_reason=\"stop\"}} {now.FinishedByStop}\nvllm:request_success{{finished_reason=\"length\"}} {now.FinishedByLength}\n"
            + $"vllm:request_success{{finished_reason=\"abort\"}} {now.Cancelled}\n");
        Counter("tutor:requests_failed_total", "Requests the model could not finish.", now.Failed);
    }
}
