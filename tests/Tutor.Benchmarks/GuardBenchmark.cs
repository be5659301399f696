using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Guard;
using Tutor.Sandbox;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;

namespace Tutor.Benchmarks;

/// <summary>How often each layer of the leak guard holds back hints that help and hints that give the answer.</summary>
internal static class GuardBenchmark
{
    /// <param name="args">Wrong programs per assignment (40), and optionally words that a kind's name must contain.</param>
    public static async Task RunAsync(string[] args)
    {
        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return;
        }
        int perAssignment = args.Length > 0 ? int.Parse(args[0]) : 40;
        using var sandbox = new BubblewrapRunner(Options.Create(new SandboxOptions { Slots = 2 }), NullLogger<BubblewrapRunner>.Instance);
        await sandbox.PrepareAsync(CancellationToken.None);
        if (sandbox.OffReason is { } reason) Console.WriteLine($"Without L5: {reason}\n");

        var programs = RefactorySample.Read(perAssignment);
        var kinds = HintKinds.All.Where(k => args.Length < 2 || k.Name.Contains(args[1]));
        Console.WriteLine($"{programs.Count} wrong programs of the Refactory set (three assignments), one reference solution each.\n");
        var clock = Stopwatch.StartNew();
        var rows = new List<GuardRow>();
        foreach (var kind in kinds)
        {
            Console.Error.WriteLine(kind.Name);
            rows.AddRange(await GuardTable.MeasureAsync(programs, [kind], sandbox.OffReason is null ? sandbox : null, CancellationToken.None));
        }
        Console.WriteLine(GuardTable.Write(rows));
        Console.WriteLine($"Harmless: {Sum(rows, HintSort.Harmless)}. Full answers: {Sum(rows, HintSort.FullAnswer)}. Repairs: {Sum(rows, HintSort.Repair)}.");
        Console.WriteLine($"{clock.ElapsedMilliseconds / Math.Max(1, rows.Sum(r => r.Count))} ms of wall time per hint on two slots, nearly all of it in the sandbox. {await GateCostAsync(programs)}\n");

        var turns = SocraticTurns.Read().ToList();
        Console.WriteLine($"Turns of human tutors (Socratic debugging set), held without a sandbox: {turns.Count(t => new LeakGuard(t.Context).Judge(t.Hint).Count > 0)} of {turns.Count}.");
    }

    /// <summary>The gate without its sandbox layer, fed as a model writes: a token of about four characters at a time.</summary>
    private static async Task<string> GateCostAsync(IReadOnlyList<WrongProgram> programs)
    {
        var replies = HintKinds.All.Where(k => k.Sort == HintSort.Harmless).SelectMany(k => programs.Select(p => (p.Context, Hint: k.Write(p)!))).ToList();
        var took = new List<double>();
        foreach (var (context, hint) in replies)
        {
            var clock = Stopwatch.StartNew();
            var gate = new LeakGuard(context).OpenGate();
            foreach (var token in hint.Chunk(4)) await gate.FeedAsync(new string(token), CancellationToken.None);
            await gate.FinishAsync(CancellationToken.None);
            took.Add(clock.Elapsed.TotalMilliseconds);
        }
        took.Sort();
        return $"The gate's pure layers, fed four characters at a time: p50 {took[took.Count / 2]:0.00} ms, p95 {took[took.Count * 95 / 100]:0.00} ms per reply.";
    }

    private static string Sum(IReadOnlyList<GuardRow> rows, HintSort sort)
    {
        var these = rows.Where(r => r.Kind.Sort == sort).ToList();
        return $"{these.Sum(r => r.Held)} of {these.Sum(r => r.Count)} held ({these.Sum(r => r.HeldStrictly)} without a sandbox)";
    }
}
