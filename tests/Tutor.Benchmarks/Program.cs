using Tutor.Benchmarks;
using Tutor.Benchmarks.Engine;
using Tutor.Benchmarks.Flags;
using Tutor.Benchmarks.Log;
using Tutor.Benchmarks.ModelHost;
using Tutor.Benchmarks.People;
using Tutor.Benchmarks.Portal;
using Tutor.Benchmarks.Privacy;
using Tutor.Benchmarks.Runtime;

// Each benchmark prints its own table in Markdown; tests/results keeps the last ones with the command that made them.
var benchmarks = new SortedDictionary<string, Func<string[], Task>>(StringComparer.Ordinal)
{
    ["engine"] = EngineBenchmark.RunAsync,
    ["fishing"] = FishingBenchmark.RunAsync,
    ["gate"] = GateBenchmark.RunAsync,
    ["flags"] = FlagsBenchmark.RunAsync,
    ["guard"] = GuardBenchmark.RunAsync,
    ["http"] = HttpBenchmark.RunAsync,
    ["log"] = LogBenchmark.RunAsync,
    ["portal"] = PortalBenchmark.RunAsync,
    ["privacy"] = PrivacyBenchmark.RunAsync,
    ["roster"] = RosterBenchmark.RunAsync,
    ["runtime"] = RuntimeBenchmark.RunAsync,
    ["sandbox"] = SandboxBenchmark.RunAsync,
    ["sign-in"] = SignInBenchmark.RunAsync,
    ["weak-student"] = WeakStudentBenchmark.RunAsync,
    ["writing-guard"] = WritingGuardBenchmark.RunAsync,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project tests/Tutor.Benchmarks -- <{string.Join(" | ", benchmarks.Keys)}>");
    return 1;
}
await run(args[1..]);
return 0;
