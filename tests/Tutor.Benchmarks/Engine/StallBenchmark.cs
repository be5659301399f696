using System.Diagnostics;
using Tutor.Inference.Engine;

namespace Tutor.Benchmarks.Engine;

/// <summary>How long seven running answers wait for their next token when a prompt of 1,500 tokens arrives.</summary>
internal static class StallBenchmark
{
    private const int Running = 7;
    private const int Arriving = 1_500;

    public static async Task RunAsync()
    {
        var table = new Table("tokens per step", "longest pause before, ms", "longest pause while it is read, ms", "one step with a full chunk, ms", "pause in chunks");
        foreach (var chunk in (int[])[64, 128]) await MeasureAsync(table, chunk);
        Console.WriteLine(table);
    }

    private static async Task MeasureAsync(Table table, int chunk)
    {
        await using var engine = await EngineBenchmark.LoadAsync(options => options with { Slots = 8, PrefillChunk = chunk, ContextTokens = 8192, CachedSequences = 0 });
        var arrival = EngineBenchmark.Text(engine, 99, Arriving);
        using var stop = new CancellationTokenSource();
        var began = Stopwatch.GetTimestamp();
        var running = Enumerable.Range(0, Running).Select(i => TimesAsync(engine, EngineBenchmark.Request(engine, EngineBenchmark.Text(engine, i, 16), 400), began, stop.Token)).ToList();
        while (engine.Metrics.GeneratedTokens < Running * 16) await Task.Delay(5);

        var before = engine.Metrics;
        var arrived = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await TimesAsync(engine, EngineBenchmark.Request(engine, arrival, 1), began, CancellationToken.None);
        var read = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var after = engine.Metrics;
        await stop.CancelAsync();
        var times = await Task.WhenAll(running);

        var step = (after.PromptSeconds - before.PromptSeconds) * 1000 / Math.Ceiling((double)Arriving / (chunk - Running));
        var pause = times.Max(list => LongestPause(list, arrived, read));
        table.Add(chunk, EngineBenchmark.Number(times.Max(list => LongestPause(list, list[4], arrived)), "0"), EngineBenchmark.Number(pause, "0"),
            EngineBenchmark.Number(step, "0"), EngineBenchmark.Number(pause / step, "0.00"));
    }

    private static async Task<List<double>> TimesAsync(LlamaEngine engine, GenerationRequest request, long began, CancellationToken cancel)
    {
        var times = new List<double>();
        try
        {
            await foreach (var update in engine.GenerateAsync(request, cancel))
            {
                if (update.End is null) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
        catch (OperationCanceledException)
        {
            // The measured time is over.
        }
        return times;
    }

    private static double LongestPause(List<double> times, double from, double to) =>
        times.Zip(times.Skip(1)).Where(pair => pair.Second > from && pair.First < to).Max(pair => pair.Second - pair.First);
}
