using System.Diagnostics;
using System.Globalization;
using LLama;
using LLama.Batched;
using LLama.Common;
using LLama.Native;
using LLama.Sampling;
using Tutor.Inference.Engine;
using Tutor.Inference.Sampling;
using Tutor.Tests.Shared.Models;

namespace Tutor.Benchmarks.Engine;

/// <summary>The engine beside LLamaSharp's own <see cref="BatchedExecutor"/>, used as its examples use it, on the same native libraries.</summary>
internal static class ExecutorBenchmark
{
    private const int Prompt = 64;
    private const int Generated = 64;
    private const int Students = 8;
    private const int Shared = 1_500;
    private const int Own = 50;
    private const int FirstWords = 8;
    private const int SpeedContext = 4096;
    private const int PrefixContext = 16_384;

    private static readonly SamplingOptions sampling = new() { Temperature = 0.8f, TopK = 40, TopP = 0.95f, MinP = 0.05f };

    /// <param name="args"><c>speed [rounds]</c>, <c>prefix</c> or <c>sampling</c>.</param>
    public static async Task RunAsync(string[] args)
    {
        var part = args.FirstOrDefault();
        // Where nothing is shared, what earlier rounds left in the cache would only be in the way.
        await using var engine = await EngineBenchmark.LoadAsync(options => options with { ContextTokens = part == "prefix" ? PrefixContext : SpeedContext, CachedSequences = part == "prefix" ? options.CachedSequences : 0 });
        using var model = await LLamaWeights.LoadFromFileAsync(Parameters(1, SpeedContext));
        switch (part)
        {
            case "prefix":
                await PrefixAsync(engine, model);
                break;
            case "sampling":
                await SamplingAsync(engine, model);
                break;
            default:
                await SpeedAsync(engine, model, args is [_, var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 3);
                break;
        }
    }

    private static async Task SpeedAsync(LlamaEngine engine, LLamaWeights model, int rounds)
    {
        var table = new Table("parallel", "Tutor, tokens/s", "BatchedExecutor, tokens/s", "ratio", "ratio in each round");
        foreach (var parallel in (int[])[8, 16])
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                var prompts = Enumerable.Range(1000 * round, parallel).Select(i => EngineBenchmark.Text(engine, i, Prompt)).ToList();
                if (round % 2 == 0) ours.Add((await OursAsync(engine, prompts, Generated)).Rate);
                theirs.Add((await TheirsAsync(model, prompts, Generated, SpeedContext)).Rate);
                if (round % 2 == 1) ours.Add((await OursAsync(engine, prompts, Generated)).Rate);
            }
            table.Add(parallel, EngineBenchmark.Number(ours.Average()), EngineBenchmark.Number(theirs.Average()), EngineBenchmark.Number(ours.Average() / theirs.Average(), "0.00"),
                string.Join(", ", ours.Zip(theirs, (own, other) => EngineBenchmark.Number(own / other, "0.00"))));
        }
        Console.WriteLine(table);
    }

    private static async Task PrefixAsync(LlamaEngine engine, LLamaWeights model)
    {
        var table = new Table("", "first token, median s", "first token, last s", "all done, s");
        var shared = EngineBenchmark.Text(engine, -1, Shared);
        var prompts = Enumerable.Range(0, Students).Select(i => shared + " " + EngineBenchmark.Text(engine, 50 + i, Own)).ToList();
        var ours = await OursAsync(engine, prompts, FirstWords);
        var theirs = await TheirsAsync(model, prompts, FirstWords, PrefixContext);
        foreach (var (name, times) in (ReadOnlySpan<(string, TokenTimes)>)[("Tutor, cold prefix", ours), ("BatchedExecutor", theirs)])
        {
            table.Add(name, EngineBenchmark.Number(times.FirstMedian / 1000), EngineBenchmark.Number(times.FirstLast / 1000), EngineBenchmark.Number(times.End / 1000));
        }
        Console.WriteLine(table);
        Console.WriteLine($"The last first token of {Students}: {EngineBenchmark.Number(ours.FirstLast / theirs.FirstLast, "0.00")} of BatchedExecutor's.");
    }

    // What choosing a token of 151,936 costs, from the same scores.
    private static async Task SamplingAsync(LlamaEngine engine, LLamaWeights model)
    {
        const int times = 500;
        using var executor = new BatchedExecutor(model, Parameters(1, SpeedContext));
        using var conversation = executor.Create();
        conversation.Prompt(executor.Context.Tokenize(EngineBenchmark.Text(engine, 1, Prompt), addBos: false));
        await executor.Infer();
        var table = new Table("way", "microseconds per token");
        foreach (var (name, options) in (ReadOnlySpan<(string, SamplingOptions)>)[("greedy", SamplingOptions.Greedy), ("temperature, top-k, top-p, min-p", sampling)])
        {
            using BaseSamplingPipeline pipeline = options.Temperature == 0 ? new GreedySamplingPipeline() : Pipeline(1);
            var (sampler, scratch) = (new TokenSampler(options, null), new SamplingScratch(model.Vocab.Count));
            for (var warm = 0; warm < 2; warm++)
            {
                var began = Stopwatch.GetTimestamp();
                for (var i = 0; i < times; i++) sampler.Next(conversation.Sample(), [], scratch);
                var own = Stopwatch.GetElapsedTime(began);
                began = Stopwatch.GetTimestamp();
                for (var i = 0; i < times; i++) conversation.Sample(pipeline);
                var theirs = Stopwatch.GetElapsedTime(began);
                if (warm == 0) continue;
                table.Add($"Tutor, {name}", EngineBenchmark.Number(own.TotalMicroseconds / times, "0"));
                table.Add($"LLamaSharp's pipeline, {name}", EngineBenchmark.Number(theirs.TotalMicroseconds / times, "0"));
            }
        }
        Console.WriteLine(table);
    }

    private static Task<TokenTimes> OursAsync(LlamaEngine engine, List<string> prompts, int generated) => TokenTimes.OfAsync(engine, prompts.Select(prompt =>
        EngineBenchmark.Request(engine, prompt, generated) is var request ? request with { Sampling = sampling with { LogitBias = request.Sampling.LogitBias } } : request));

    private static async Task<TokenTimes> TheirsAsync(LLamaWeights model, List<string> prompts, int generated, int context)
    {
        using var executor = new BatchedExecutor(model, Parameters(prompts.Count, context));
        var began = Stopwatch.GetTimestamp();
        var answers = prompts.Select((prompt, i) =>
        {
            var conversation = executor.Create();
            conversation.Prompt(executor.Context.Tokenize(prompt, addBos: false));
            return (Conversation: conversation, Pipeline: Pipeline((uint)i + 1), Decoder: new StreamingTokenDecoder(executor.Context), Times: new List<double>());
        }).ToList();
        while (answers.Any(answer => answer.Times.Count < generated))
        {
            if (await executor.Infer() is var result and not DecodeResult.Ok) throw new InvalidOperationException($"BatchedExecutor ended with {result}.");
            foreach (var (conversation, pipeline, decoder, times) in answers)
            {
                if (!conversation.RequiresSampling) continue;
                var token = conversation.Sample(pipeline);
                decoder.Add(token);
                _ = decoder.Read();
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (times.Count < generated) conversation.Prompt(token);
            }
        }
        foreach (var (conversation, pipeline, _, _) in answers)
        {
            pipeline.Dispose();
            conversation.Dispose();
        }
        return new TokenTimes([.. answers.Select(answer => answer.Times)]);
    }

    private static DefaultSamplingPipeline Pipeline(uint seed) => new() { Temperature = sampling.Temperature, TopK = sampling.TopK, TopP = sampling.TopP, MinP = sampling.MinP, Seed = seed };

    private static ModelParams Parameters(int parallel, int context) => new(TestModels.HalfBillion)
    {
        ContextSize = (uint)context, SeqMax = (uint)parallel, Threads = EngineBenchmark.Threads, BatchThreads = EngineBenchmark.Threads,
    };
}
