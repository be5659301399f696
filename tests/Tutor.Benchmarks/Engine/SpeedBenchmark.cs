using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tutor.Inference.Engine;
using Tutor.Tests.Shared.Models;

namespace Tutor.Benchmarks.Engine;

/// <summary>Generated tokens a second at 1 to 16 parallel answers, beside node-llama-cpp's parallel sessions and llama.cpp's own benchmark.</summary>
internal static class SpeedBenchmark
{
    private const int Prompt = 64;
    private const int Generated = 64;
    private const int Rounds = 4;

    private static readonly int[] usual = [1, 4, 8, 16];

    /// <param name="args"><c>--llama-batched-bench PATH --parallel N --rounds N</c>, all as wished.</param>
    public static async Task RunAsync(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        var batched = Option("--llama-batched-bench");
        var parallels = Option("--parallel") is { } one ? [int.Parse(one, CultureInfo.InvariantCulture)] : usual;
        var rounds = Option("--rounds") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : Rounds;
        var node = InstallNode();
        await using var engine = await EngineBenchmark.LoadAsync(options => options with { ContextTokens = 4096, CachedSequences = 0 });
        var rates = parallels.ToDictionary(parallel => parallel, _ => (Ours: new List<double>(), Node: new List<double>(), Batched: new List<double>()));
        await OwnRateAsync(engine, parallels[^1]); // compiles what the others bring compiled
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (parallel, (ours, theirs, bench)) in rates)
            {
                // In turn first and last: a virtual machine's processors are slower after a long computation than after a pause.
                if (round % 2 == 0) ours.Add(await OwnRateAsync(engine, parallel));
                if (batched is not null) bench.Add(BatchedRate(batched, parallel));
                if (round % 2 == 1) ours.Add(await OwnRateAsync(engine, parallel));
                theirs.Add(NodeRate(node, parallel));
            }
        }
        var table = new Table("parallel", "Tutor, tokens/s", "node-llama-cpp, tokens/s", "ratio", "llama-batched-bench, tokens/s", "ratio", "ratio in each round");
        foreach (var (parallel, (ours, theirs, bench)) in rates)
        {
            table.Add(parallel, Mean(ours), Mean(theirs), Ratio(ours, theirs), Mean(bench), Ratio(ours, bench), string.Join(", ", ours.Zip(bench, (own, other) => EngineBenchmark.Number(own / other, "0.00"))));
        }
        Console.WriteLine(table);
        Console.WriteLine($"{Prompt} prompt and {Generated} generated tokens each, the mean of {rounds} rounds, in each one after the other on the same machine.");
    }

    private static async Task<double> OwnRateAsync(LlamaEngine engine, int parallel) =>
        (await TokenTimes.OfAsync(engine, Enumerable.Range(0, parallel).Select(i => EngineBenchmark.Request(engine, EngineBenchmark.Text(engine, i, Prompt), Generated)))).Rate;

    private static string Mean(List<double> rates) => rates.Count == 0 ? "-" : EngineBenchmark.Number(rates.Average());

    private static string Ratio(List<double> ours, List<double> theirs) => theirs.Count == 0 ? "-" : EngineBenchmark.Number(ours.Average() / theirs.Average(), "0.00");

    private static string InstallNode()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Engine", "node");
        if (!Directory.Exists(Path.Combine(source, "node_modules")))
        {
            // Without a lock file: it would have to list a package for each platform, of which not every registry has all.
            Output("npm", ["install", "--no-package-lock", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"], source);
        }
        return source;
    }

    private static double NodeRate(string folder, int parallel)
    {
        string[] numbers = [.. new[] { parallel, Prompt, Generated, EngineBenchmark.Threads }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var line = Output("node", ["parallel.mjs", TestModels.HalfBillion, .. numbers], folder).Split('\n').Last(text => text.StartsWith('['));
        return new TokenTimes(JsonSerializer.Deserialize<double[][]>(line)!).Rate;
    }

    // Its table has a row for each number of sequences; generation speed is the column S_TG.
    private static double BatchedRate(string program, int parallel)
    {
        var lines = Output(program, ["-m", TestModels.HalfBillion, "-c", "4096", "-b", "2048", "-ub", "512", "-npp", $"{Prompt}", "-ntg", $"{Generated}", "-npl", $"{parallel}", "-t", $"{EngineBenchmark.Threads}", "-kvu"], ".").Split('\n');
        var header = lines.First(line => line.Contains("S_TG", StringComparison.Ordinal)).Split('|').Select(cell => cell.Trim()).ToList();
        var row = lines.SkipWhile(line => !line.Contains("S_TG", StringComparison.Ordinal)).First(line => line.Split('|') is { Length: > 2 } cells && int.TryParse(cells[1], out _)).Split('|');
        return double.Parse(row[header.FindIndex(cell => cell.StartsWith("S_TG", StringComparison.Ordinal))], CultureInfo.InvariantCulture);
    }

    private static string Output(string program, IReadOnlyList<string> arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
