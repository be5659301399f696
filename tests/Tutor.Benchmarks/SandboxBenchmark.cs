using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Sandbox;

namespace Tutor.Benchmarks;

/// <summary>What a sandboxed run costs over a bare start of the same Python, in turns, so that a busy machine slows both.</summary>
internal static class SandboxBenchmark
{
    private const int Rounds = 100;
    private const string Program = "def f(n):\n    return n * n";

    public static async Task RunAsync(string[] args)
    {
        using var runner = new BubblewrapRunner(Options.Create(new SandboxOptions()), NullLogger<BubblewrapRunner>.Instance);
        await runner.PrepareAsync(CancellationToken.None);
        if (runner.OffReason is { } reason)
        {
            Console.WriteLine(reason);
            return;
        }

        var one = Request(1, []);
        (string Name, Func<Task> Run, List<double> Times)[] rows =
        [
            ("python3 -I -S -c pass", StartPythonAsync, []),
            ("sandbox, 1 program, 1 call", () => runner.RunAsync(one, CancellationToken.None), []),
            ("sandbox, 1 program, 1 call, rules", () => runner.RunAsync(Request(1, ["sorted"]), CancellationToken.None), []),
            ("sandbox, 40 programs, 1 call each", () => runner.RunAsync(Request(40, []), CancellationToken.None), []),
        ];
        for (var round = -5; round < Rounds; round++)
        {
            foreach (var (_, run, times) in rows)
            {
                var start = Stopwatch.GetTimestamp();
                await run();
                if (round >= 0)
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var bare = At(rows[0].Times, 0.5);
        var table = new Table("run", "p50 ms", "p95 ms", "p50 / bare start");
        foreach (var (name, _, times) in rows)
            table.Add(name, $"{At(times, 0.5):0.0}", $"{At(times, 0.95):0.0}", $"{At(times, 0.5) / bare:0.0}");
        Console.WriteLine(table);
    }

    private static RunRequest Request(int programs, string[] forbidden) =>
        new([.. Enumerable.Repeat(Program, programs)], "", ["f(3)"], TimeSpan.FromSeconds(5)) { Forbidden = forbidden };

    private static async Task StartPythonAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(new SandboxOptions().PythonPath, ["-I", "-S", "-c", "pass"]))!;
        await process.WaitForExitAsync();
    }

    private static double At(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));
}
