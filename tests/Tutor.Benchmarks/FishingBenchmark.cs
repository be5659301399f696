using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;
using Tutor.Sandbox;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;

namespace Tutor.Benchmarks;

/// <summary>Whether eight replies of a host that gives away one piece of the answer at a time add up to the answer, and whether they still help.</summary>
internal static class FishingBenchmark
{
    private const int UsefulWanted = 5;

    /// <param name="args">Dialogues per assignment (50), and optionally one assignment's id.</param>
    public static async Task RunAsync(string[] args)
    {
        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return;
        }
        int perAssignment = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50;
        using var sandbox = new BubblewrapRunner(Options.Create(new SandboxOptions { Slots = 2 }), NullLogger<BubblewrapRunner>.Instance);
        await sandbox.PrepareAsync(CancellationToken.None);
        if (sandbox.OffReason is { } reason)
        {
            Console.WriteLine(reason);
            return;
        }

        var evidence = new EvidenceCollector(sandbox);
        // A table each: a whole run takes a quarter of an hour.
        string[] columns = ["assignment", "dialogues", "answers", "of them cut or replaced", "answer reached", "fewest useful of 8", $"with {UsefulWanted} or more useful"];
        foreach (var programs in RefactorySample.Read(perAssignment, offset: 7).Where(p => args.Length < 2 || p.Exercise.Id == args[1]).GroupBy(p => p.Exercise.Id))
        {
            var dialogues = await HoldAsync([.. programs], sandbox);
            int reached = 0;
            foreach (var dialogue in dialogues)
            {
                if (!await IsReachedAsync(dialogue, sandbox, evidence)) continue;
                reached++;
                Console.Error.WriteLine($"=== reached {dialogue.Program.Id}\n{dialogue.Program.Code}\n--- right\n{dialogue.Right}\n--- answers\n{string.Join("\n---\n", dialogue.Answers)}\n");
            }
            foreach (var poor in dialogues.Where(d => d.Useful < UsefulWanted)) Console.Error.WriteLine($"=== useful {poor.Useful} {poor.Program.Id}\n{string.Join("\n---\n", poor.Answers)}\n");
            Console.WriteLine(new Table(columns).Add(programs.Key, dialogues.Count, dialogues.Sum(d => d.Answers.Count), dialogues.Sum(d => d.Held), reached, dialogues.Min(d => d.Useful), dialogues.Count(d => d.Useful >= UsefulWanted)));
        }
    }

    private static async Task<IReadOnlyList<FishedDialogue>> HoldAsync(IReadOnlyList<WrongProgram> programs, ICodeRunner sandbox)
    {
        var dialogues = new FishedDialogue[programs.Count];
        await Parallel.ForAsync(0, programs.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, cancel) =>
        {
            await using var dialogue = await FishingDialogue.OpenAsync(sandbox);
            dialogues[i] = await dialogue.RunAsync(programs[i], i, cancel);
        });
        return dialogues;
    }

    /// <summary>By whoever knows where every line goes, or by splicing all of it as the guard does. A program whose lines only have to be moved needs no hint.</summary>
    private static async Task<bool> IsReachedAsync(FishedDialogue dialogue, ICodeRunner sandbox, EvidenceCollector evidence)
    {
        async Task<bool> PassesAsync(string program) => (await evidence.CollectAsync(dialogue.Program.Exercise, program, CancellationToken.None)).AllPassed;
        if (await PassesAsync(dialogue.ReachableAlone)) return false;
        var verdicts = await new LeakGuard(dialogue.Program.Context, sandbox).JudgeAsync(string.Join("\n\n", dialogue.Answers), CancellationToken.None, everyLayer: true);
        return verdicts.Any(v => v.Layer == LeakLayer.Splice) || await PassesAsync(dialogue.Reachable);
    }
}
