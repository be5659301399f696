using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Guard;
using Tutor.Sandbox;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;

namespace Tutor.Benchmarks;

/// <summary>How often each layer of the leak guard holds back hints that help and hints that give the answer, and how long it takes.</summary>
internal static class GuardBenchmark
{
    /// <param name="args">
    /// Wrong programs per assignment of Refactory (200), pairs of PyDex (150), and optionally words that a kind's name must
    /// contain; then what was judged wrongly is printed too.
    /// </param>
    public static async Task RunAsync(string[] args)
    {
        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return;
        }
        int perAssignment = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200, pairs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 150;
        using var sandbox = new BubblewrapRunner(Options.Create(new SandboxOptions { Slots = 2 }), NullLogger<BubblewrapRunner>.Instance);
        await sandbox.PrepareAsync(CancellationToken.None);
        if (sandbox.OffReason is { } reason) Console.WriteLine($"Without L5: {reason}\n");

        var kinds = HintKinds.All.Where(k => args.Length < 3 || k.Name.Contains(args[2])).ToList();
        foreach (var (set, programs) in new[]
        {
            ("wrong programs of the Refactory set, three assignments", RefactorySample.Read(perAssignment)),
            ("programs of the PyDex set that Python cannot read, nine assignments", PydexSample.Read(pairs)),
        })
        {
            if (programs.Count == 0) continue;
            Console.WriteLine($"{programs.Count} {set}, one reference solution each.\n");
            var rows = new List<GuardRow>();
            foreach (var kind in kinds)
            {
                Console.Error.WriteLine($"{DateTime.UtcNow:T} {kind.Name}");
                rows.AddRange(await GuardTable.MeasureAsync(programs, [kind], sandbox.OffReason is null ? sandbox : null, CancellationToken.None));
            }
            Console.WriteLine(GuardTable.Write(rows));
            Console.WriteLine($"Harmless: {Sum(rows, HintSort.Harmless)}. Full answers: {Sum(rows, HintSort.FullAnswer)}. Repairs: {Sum(rows, HintSort.Repair)}.");
            Console.WriteLine($"{Times("all hints", rows)}; {Times("harmless", [.. rows.Where(r => r.Kind.Sort == HintSort.Harmless)])}; {Times("repairs", [.. rows.Where(r => r.Kind.Sort == HintSort.Repair)])}.\n");
            if (args.Length > 2) WriteWrong(rows);
        }

        var turns = SocraticTurns.Read().ToList();
        Console.WriteLine($"Turns of human tutors (Socratic debugging set), held without a sandbox: {turns.Count(t => new LeakGuard(t.Context).Judge(t.Hint).Count > 0)} of {turns.Count}.");
    }

    private static string Times(string which, IReadOnlyList<GuardRow> rows)
    {
        double[] took = [.. rows.SelectMany(r => r.Hints).Select(h => h.Milliseconds).Order()];
        return took.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Gate, {which}: p50 {took[took.Length / 2]:0.0} ms, p95 {took[took.Length * 95 / 100]:0} ms, longest {took[^1]:0} ms");
    }

    private static string Sum(IReadOnlyList<GuardRow> rows, HintSort sort)
    {
        var these = rows.Where(r => r.Kind.Sort == sort).ToList();
        return $"{these.Sum(r => r.Held)} of {these.Sum(r => r.Count)} held ({these.Sum(r => r.HeldStrictly)} without a sandbox)";
    }

    private static void WriteWrong(IReadOnlyList<GuardRow> rows)
    {
        foreach (var hint in rows.Where(r => r.Kind.Sort != HintSort.Grey).SelectMany(r => r.Hints.Where(h => h.Layer is null != (r.Kind.Sort == HintSort.Harmless))))
            Console.WriteLine($"=== {hint.Program.Id} {hint.Layer}\n{hint.Program.Code}\n--- right\n{hint.Program.Fixed}\n--- hint\n{hint.Hint}\n");
    }
}
