using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Engine;
using Tutor.Inference.Sampling;
using Tutor.Tests.Shared.Models;

namespace Tutor.Benchmarks.Engine;

/// <summary>Managed allocations per generated token, growth over 10,000 requests, and what 50 loads leave behind. On the tiny model: none of it depends on the weights.</summary>
internal static class MemoryBenchmark
{
    private const int Requests = 10_000;
    private const int Loads = 50;

    public static async Task RunAsync()
    {
        await AllocationsAsync();
        await GrowthAsync();
        await LoadsAsync();
    }

    private static async Task AllocationsAsync()
    {
        var table = new Table("sampling", "bytes allocated per generated token");
        await using var engine = await LoadAsync();
        (string, SamplingOptions)[] ways = [("greedy", SamplingOptions.Greedy), ("temperature, top-k, top-p, min-p", new SamplingOptions { Seed = 1 })];
        foreach (var (name, sampling) in ways)
        {
            table.Add(name, EngineBenchmark.Number(await PerTokenAsync(engine, sampling)));
        }
        Console.WriteLine(table);
    }

    private static async Task<double> PerTokenAsync(LlamaEngine engine, SamplingOptions sampling)
    {
        await RunAsync(engine, sampling, 8, 200, 0);
        // All threads: the engine's own thread makes most of them.
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var tokens = await RunAsync(engine, sampling, 8, 400, 100);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / tokens;
    }

    private static async Task GrowthAsync()
    {
        var table = new Table("requests", "managed heap, MiB", "resident, MiB");
        await using var engine = await LoadAsync();
        for (var done = 0; done <= Requests; done += Requests / 5)
        {
            if (done > 0) await RunManyAsync(engine, Requests / 5, done);
            table.Add(done, EngineBenchmark.Number(GC.GetTotalMemory(forceFullCollection: true) / 1048576.0), EngineBenchmark.Number(Resident()));
        }
        Console.WriteLine(table);
        Console.WriteLine($"Audit of the KV cache afterwards: {string.Join("; ", (await engine.AuditAsync()).DefaultIfEmpty("nothing leaked"))}.\n");
    }

    private static async Task LoadsAsync()
    {
        var table = new Table("loads and unloads", "managed heap, MiB", "resident, MiB");
        for (var load = 1; load <= Loads; load++)
        {
            await using (var engine = await LoadAsync()) await RunAsync(engine, SamplingOptions.Greedy, 1, 4, load);
            if (load % 10 != 0) continue;
            // What is asked is what a load leaves behind, not what the collector keeps ready.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            table.Add(load, EngineBenchmark.Number(GC.GetTotalMemory(forceFullCollection: false) / 1048576.0), EngineBenchmark.Number(Resident()));
        }
        Console.WriteLine(table);
    }

    private static Task<LlamaEngine> LoadAsync() =>
        LlamaEngine.LoadAsync(new EngineOptions { ModelPath = TestModels.Tiny, Threads = 1, Slots = 8, ContextTokens = 4096 }, NullLoggerFactory.Instance);

    private static async Task RunManyAsync(LlamaEngine engine, int count, int seed)
    {
        for (var i = 0; i < count; i += 16) await RunAsync(engine, SamplingOptions.Greedy, 16, 3, seed + i);
    }

    private static async Task<long> RunAsync(LlamaEngine engine, SamplingOptions sampling, int parallel, int maxTokens, int seed)
    {
        var before = engine.Metrics.GeneratedTokens;
        await Task.WhenAll(Enumerable.Range(seed, parallel).Select(async i =>
        {
            await foreach (var _ in engine.GenerateAsync(new GenerationRequest { Prompt = [PromptSegment.Plain($"{i} and a question of its own")], MaxTokens = maxTokens, Sampling = sampling }))
            {
            }
        }));
        return engine.Metrics.GeneratedTokens - before;
    }

    // What the kernel counts; Environment.WorkingSet is the same number.
    private static double Resident() => Environment.WorkingSet / 1048576.0;
}
