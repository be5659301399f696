using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Engine;
using Tutor.Inference.Sampling;
using Tutor.Tests.Shared.Models;

namespace Tutor.Benchmarks.Engine;

/// <summary>The speed and memory of the model engine on a generated model of half a billion parameters at 8 bits, with two threads.</summary>
/// <remarks>Parts are run one at a time, so that each stays short.</remarks>
internal static class EngineBenchmark
{
    public const int Threads = 2;

    public static async Task RunAsync(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case "speed":
                SpeedBenchmark.Run(args[1..]);
                break;
            case "rate":
                await SpeedBenchmark.PrintRateAsync(int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
                break;
            case "executor":
                await ExecutorBenchmark.RunAsync(args[1..]);
                break;
            case "prefix":
                await PrefixBenchmark.RunAsync();
                break;
            case "stall":
                await StallBenchmark.RunAsync();
                break;
            case "memory":
                await MemoryBenchmark.RunAsync();
                break;
            default:
                Console.Error.WriteLine("usage: engine <speed [--beside Tutor.Benchmarks.dll] [--llama-batched-bench PATH] | executor <speed | prefix | sampling> | prefix | stall | memory>");
                break;
        }
    }

    public static Task<LlamaEngine> LoadAsync(Func<EngineOptions, EngineOptions> change) => LlamaEngine.LoadAsync(
        change(new EngineOptions { ModelPath = TestModels.HalfBillion, Threads = Threads, Slots = 16 }), NullLoggerFactory.Instance);

    /// <summary>A request that runs to its limit, because the end tokens are forbidden.</summary>
    public static GenerationRequest Request(LlamaEngine engine, string prompt, int maxTokens) =>
        new() { Prompt = [PromptSegment.Plain(prompt)], MaxTokens = maxTokens, Sampling = SamplingOptions.Greedy with { LogitBias = Forbidden(engine) } };

    /// <summary>A text of so many tokens, different for each number from its first one on.</summary>
    public static string Text(LlamaEngine engine, int number, int tokens)
    {
        var random = new Random(number);
        var text = "";
        while (engine.CountTokens(text) < tokens) text += $"{(char)('A' + random.Next(26))}{random.Next(10)}";
        while (engine.CountTokens(text) > tokens) text = text[..^1];
        return text;
    }

    private static Dictionary<int, float> Forbidden(LlamaEngine engine) => engine.EndTokens.ToDictionary(token => token, _ => float.NegativeInfinity);

    public static string Number(double value, string format = "0.0") => value.ToString(format, CultureInfo.InvariantCulture);
}
