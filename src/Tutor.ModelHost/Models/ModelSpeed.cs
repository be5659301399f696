using System.Diagnostics;
using Tutor.Inference.Embedded;
using Tutor.Inference.Engine;

namespace Tutor.ModelHost.Models;

/// <summary>Measures how fast a model writes for several students at once.</summary>
internal static class ModelSpeed
{
    private const int PromptTokens = 512, AnswerTokens = 128;

    public static async Task RunAsync(string nameOrPath, ModelsArguments arguments, CancellationToken cancel)
    {
        var most = arguments.Parallel.Max();
        var options = ModelTest.Options(nameOrPath, arguments);
        options.Slots = most;
        if (options.RequestTokens == 0) options.RequestTokens = 2 * (PromptTokens + AnswerTokens);

        using var logs = ModelTest.OpenLog();
        await using var model = await EmbeddedModel.LoadAsync(options, logs, cancel);
        Console.WriteLine($"{PromptTokens} prompt and {AnswerTokens} generated tokens each, nothing shared.");
        await RunAsync(model.Engine, 1, round: 0, cancel);
        foreach (var parallel in arguments.Parallel)
        {
            var began = Stopwatch.GetTimestamp();
            var ends = await RunAsync(model.Engine, parallel, round: parallel, cancel);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var generated = ends.Sum(end => end.Usage.GeneratedTokens);
            var writing = ends.Max(end => end.Timings.Generation.TotalSeconds);
            Console.WriteLine($"{parallel,3} at once: {generated / writing,8:0.0} tokens/s while writing, {generated / seconds,8:0.0} with reading the prompts; first token after {ends.Max(end => end.Timings.ToFirstToken.TotalSeconds):0.00} s at most");
        }
    }

    private static async Task<GenerationEnd[]> RunAsync(LlamaEngine engine, int parallel, int round, CancellationToken cancel) =>
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(async number =>
        {
            GenerationEnd? end = null;
            await foreach (var update in engine.GenerateAsync(Request(engine, $"{round}.{number}"), cancel)) end = update.End ?? end;
            return end!;
        }));

    // Numbers no two requests share from the first on, so that no prefix is reused. A model that ends early is measured on what it wrote.
    private static GenerationRequest Request(LlamaEngine engine, string name)
    {
        var text = name;
        for (var number = 0; engine.CountTokens(text) < PromptTokens; number++) text += $" {name} line {number} asks what comes next.";
        return new() { Prompt = [PromptSegment.Plain(text)], MaxTokens = AnswerTokens };
    }
}
