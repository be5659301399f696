using System.Diagnostics;
using System.Globalization;
using Tutor.Inference.Engine;
using Tutor.Tests.Shared.Models;

namespace Tutor.Benchmarks.Engine;

/// <summary>Generated tokens a second at 1 to 16 parallel answers, beside another build of Tutor and llama.cpp's own benchmark.</summary>
/// <remarks>Each measurement is a process of its own that loads the model anew, the builds' own ones too, so that none has a better start.</remarks>
internal static class SpeedBenchmark
{
    private const int Prompt = 64;
    private const int Generated = 64;
    private const int Rounds = 4;

    private static readonly int[] usual = [1, 4, 8, 16];

    /// <param name="args"><c>--beside Tutor.Benchmarks.dll --llama-batched-bench PATH --parallel N --rounds N</c>, all as wished.</param>
    public static void Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        var (other, batched) = (Option("--beside"), Option("--llama-batched-bench"));
        var parallels = Option("--parallel") is { } one ? [int.Parse(one, CultureInfo.InvariantCulture)] : usual;
        var rounds = Option("--rounds") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : Rounds;
        var rates = parallels.ToDictionary(parallel => parallel, _ => (Ours: new List<double>(), Other: new List<double>(), Batched: new List<double>()));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (parallel, (ours, theirs, bench)) in rates)
            {
                // In turn first and last: a virtual machine's processors are slower after a long computation than after a pause.
                if (round % 2 == 0) ours.Add(BuildRate(typeof(SpeedBenchmark).Assembly.Location, parallel));
                if (other is not null) theirs.Add(BuildRate(other, parallel));
                if (batched is not null) bench.Add(BatchedRate(batched, parallel));
                if (round % 2 == 1) ours.Add(BuildRate(typeof(SpeedBenchmark).Assembly.Location, parallel));
            }
        }
        var table = new Table("parallel", "Tutor, tokens/s", "other build, tokens/s", "ratio", "ratio in each round", "llama-batched-bench, tokens/s", "ratio");
        foreach (var (parallel, (ours, theirs, bench)) in rates)
        {
            table.Add(parallel, Mean(ours), Mean(theirs), Ratio(ours, theirs), string.Join(", ", ours.Zip(theirs, (own, old) => EngineBenchmark.Number(own / old, "0.00"))), Mean(bench), Ratio(ours, bench));
        }
        Console.WriteLine(table);
        Console.WriteLine($"{Prompt} prompt and {Generated} generated tokens each, the mean of {rounds} rounds, in each one after the other on the same machine.");
    }

    /// <summary>Prints this build's tokens a second; the part of a run that <see cref="Run"/> starts as a process.</summary>
    public static async Task PrintRateAsync(int parallel, string model)
    {
        await using var engine = await EngineBenchmark.LoadAsync(options => options with { ModelPath = model, ContextTokens = 4096, CachedSequences = 0 });
        await RateAsync(engine, 2, 8); // compiles what others bring compiled
        Console.WriteLine((await RateAsync(engine, parallel, Generated)).ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<double> RateAsync(LlamaEngine engine, int parallel, int generated) =>
        (await TokenTimes.OfAsync(engine, Enumerable.Range(0, parallel).Select(i => EngineBenchmark.Request(engine, EngineBenchmark.Text(engine, i, Prompt), generated)))).Rate;

    private static double BuildRate(string assembly, int parallel) =>
        double.Parse(Output("dotnet", [assembly, "engine", "rate", $"{parallel}", TestModels.HalfBillion]).Trim().Split('\n')[^1], CultureInfo.InvariantCulture);

    // Its table has a row for each number of sequences; generation speed is the column S_TG.
    private static double BatchedRate(string program, int parallel)
    {
        var lines = Output(program, ["-m", TestModels.HalfBillion, "-c", "4096", "-b", "2048", "-ub", "512", "-npp", $"{Prompt}", "-ntg", $"{Generated}", "-npl", $"{parallel}", "-t", $"{EngineBenchmark.Threads}", "-kvu"]).Split('\n');
        var header = lines.First(line => line.Contains("S_TG", StringComparison.Ordinal)).Split('|').Select(cell => cell.Trim()).ToList();
        var row = lines.SkipWhile(line => !line.Contains("S_TG", StringComparison.Ordinal)).First(line => line.Split('|') is { Length: > 2 } cells && int.TryParse(cells[1], out _)).Split('|');
        return double.Parse(row[header.FindIndex(cell => cell.StartsWith("S_TG", StringComparison.Ordinal))], CultureInfo.InvariantCulture);
    }

    private static string Mean(List<double> rates) => rates.Count == 0 ? "-" : EngineBenchmark.Number(rates.Average());

    private static string Ratio(List<double> ours, List<double> theirs) => theirs.Count == 0 ? "-" : EngineBenchmark.Number(ours.Average() / theirs.Average(), "0.00");

    private static string Output(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
