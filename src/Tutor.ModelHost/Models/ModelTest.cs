using System.Diagnostics;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Embedded;
using Tutor.Inference.Engine;
using Tutor.Inference.Models;
using Tutor.Inference.Sampling;

namespace Tutor.ModelHost.Models;

/// <summary>Loads a model, asks it one question through its chat template and prints the answer and the speed.</summary>
internal static class ModelTest
{
    public static async Task RunAsync(string nameOrPath, ModelsArguments arguments, CancellationToken cancel)
    {
        var options = Options(nameOrPath, arguments);
        options.Slots = 1;
        using var logs = OpenLog();
        var began = Stopwatch.GetTimestamp();
        await using var model = await EmbeddedModel.LoadAsync(options, logs, cancel);
        Console.WriteLine($"Loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s.");
        Console.WriteLine($"> {arguments.Question}");
        var question = new ChatQuestion { Turns = [new(ChatSide.User, arguments.Question)], Sampling = SamplingOptions.Greedy, MaxTokens = 256 };
        GenerationEnd? end = null;
        var thinking = false;
        await foreach (var part in model.AnswerAsync(question, cancel))
        {
            if (part.Thoughts.Length > 0 && !thinking) Console.Write("(thinks) ");
            if (part.Answer.Length > 0 && thinking) Console.WriteLine();
            thinking = part.Thoughts.Length > 0 || (thinking && part.Answer.Length == 0);
            Console.Write(part.Thoughts + part.Answer);
            end = part.End ?? end;
        }
        Console.WriteLine();
        var (usage, timings) = (end!.Usage, end.Timings);
        Console.WriteLine($"{usage.PromptTokens} prompt tokens in {timings.Prompt.TotalSeconds:0.00} s ({PerSecond(usage.PromptTokens, timings.Prompt)} per second), "
            + $"{usage.GeneratedTokens} generated ({PerSecond(usage.GeneratedTokens - 1, timings.Generation)} per second); ended by {(end.Reason == FinishReason.Length ? "the limit of 256 tokens" : "the model")}.");
    }

    /// <summary>The model's settings as they were written behind the command.</summary>
    public static ModelOptions Options(string nameOrPath, ModelsArguments arguments)
    {
        var path = File.Exists(nameOrPath) ? nameOrPath : Path.Combine(arguments.FolderPath, nameOrPath);
        if (!File.Exists(path)) throw new ModelDownloadException($"There is no file {nameOrPath}, nor {path}. \"tutor models list\" shows what is here.");
        var options = new ModelOptions();
        new ConfigurationBuilder().AddCommandLine(arguments.Settings).Build().GetSection(ModelOptions.Section).Bind(options);
        options.Path = path;
        return options;
    }

    public static ILoggerFactory OpenLog() => LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information));

    private static string PerSecond(int tokens, TimeSpan time) => time > TimeSpan.Zero ? (tokens / time.TotalSeconds).ToString("0.0") : "-";
}
