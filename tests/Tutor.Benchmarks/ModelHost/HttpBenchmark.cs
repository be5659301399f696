using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Embedded;
using Tutor.Inference.Sampling;
using Tutor.Tests.Shared.Models;

namespace Tutor.Benchmarks.ModelHost;

/// <summary>What the HTTP host costs: the same eight questions at once asked in process and over HTTP with streaming, in turn. Takes a model file, or makes one.</summary>
internal static class HttpBenchmark
{
    private const int Parallel = 8, AnswerTokens = 32, Rounds = 3;

    public static async Task RunAsync(string[] args)
    {
        var options = new ModelOptions { Path = args is [var path] ? path : TestModels.HalfBillion, Slots = Parallel, RequestTokens = 512, ContextTokens = 8192, Threads = 2 };
        await using var model = await EmbeddedModel.LoadAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        await using var host = await HostProcess.StartAsync(options);
        await RoundAsync(question => AskAsync(model, question), -1);
        await RoundAsync(host.AskAsync, -1);

        var (inside, http) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            // Who goes first changes, so that what the machine does beside it falls on both.
            if (round % 2 == 0) inside.Add(await RoundAsync(question => AskAsync(model, question), round));
            http.Add(await RoundAsync(host.AskAsync, round));
            if (round % 2 == 1) inside.Add(await RoundAsync(question => AskAsync(model, question), round));
        }
        var table = new Table("Way", "Tokens/s, median", "Least", "Most");
        foreach (var (name, runs) in new[] { ("in process", inside), ("over HTTP, streamed", http) })
            table.Add(name, $"{Median(runs):0.0}", $"{runs.Min():0.0}", $"{runs.Max():0.0}");
        Console.WriteLine($"{Parallel} answers of {AnswerTokens} tokens at once, {model.Engine.Info.Name}, {model.Engine.Info.Parameters / 1e6:0} million weights, {options.Threads} threads, {Rounds} rounds in turn\n");
        Console.WriteLine(table);
        Console.WriteLine($"HTTP gives {Median(http) / Median(inside):0.000} of the tokens per second in process.");
    }

    // Generated tokens of all questions over the time until the last one is answered.
    private static async Task<double> RoundAsync(Func<string, Task<int>> ask, int round)
    {
        var began = Stopwatch.GetTimestamp();
        var tokens = await Task.WhenAll(Enumerable.Range(0, Parallel).Select(number => ask($"{round}.{number}: why does my loop run once too often?")));
        return tokens.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<int> AskAsync(EmbeddedModel model, string question)
    {
        var tokens = 0;
        await foreach (var part in model.AnswerAsync(new() { Turns = [new(ChatSide.User, question)], Sampling = SamplingOptions.Greedy, MaxTokens = AnswerTokens }, CancellationToken.None))
            tokens = part.End?.Usage.GeneratedTokens ?? tokens;
        return tokens;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class HostProcess : IAsyncDisposable
    {
        private readonly Process process;
        private readonly HttpClient http;

        private HostProcess(Process process, Uri address)
        {
            this.process = process;
            http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        }

        public static async Task<HostProcess> StartAsync(ModelOptions options)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in new[]
            {
                Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/Tutor.ModelHost/bin/Release/net10.0/Tutor.ModelHost.dll")), "--urls=http://127.0.0.1:0",
                $"--Model:Path={options.Path}", $"--Model:Slots={options.Slots}", $"--Model:RequestTokens={options.RequestTokens}", $"--Model:ContextTokens={options.ContextTokens}", $"--Model:Threads={options.Threads}",
            }) start.ArgumentList.Add(argument);
            var process = Process.Start(start)!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at && line.Contains("listening", StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.ReadToEndAsync();
                    return new(process, new(line[at..]));
                }
            }
            throw new InvalidOperationException("The model host did not start. Build it first: dotnet build -c Release src/Tutor.ModelHost");
        }

        public async Task<int> AskAsync(string question)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
            {
                Content = new StringContent(JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = question } }, temperature = 0, max_tokens = AnswerTokens, stream = true, stream_options = new { include_usage = true } }), Encoding.UTF8, "application/json"),
            };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            var tokens = 0;
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.Contains("\"usage\"", StringComparison.Ordinal))
                    tokens = JsonDocument.Parse(line[6..]).RootElement.GetProperty("usage").GetProperty("completion_tokens").GetInt32();
            }
            return tokens;
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
