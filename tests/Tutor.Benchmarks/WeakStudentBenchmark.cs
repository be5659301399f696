using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Evaluation;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Core.Hints.Ladder;
using Tutor.Inference.Hosts;
using Tutor.Sandbox;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;

namespace Tutor.Benchmarks;

/// <summary>How much hints of each kind help a model that plays a weak student. Needs a model host.</summary>
internal static class WeakStudentBenchmark
{
    /// <param name="args">URL of an OpenAI-compatible API (http://127.0.0.1:8080/v1), its model ("default"), wrong programs per assignment (5), repairs (5).</param>
    public static async Task RunAsync(string[] args)
    {
        if (args.Length == 0 || !Uri.TryCreate(args[0], UriKind.Absolute, out var url))
        {
            Console.WriteLine("usage: weak-student <url of an OpenAI-compatible API> [model] [programs per assignment] [repairs]");
            return;
        }
        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return;
        }
        string name = args.Length > 1 ? args[1] : "default";
        int programs = Number(args, 2, 5), repairs = Number(args, 3, 5);
        using var sandbox = new BubblewrapRunner(Options.Create(new SandboxOptions { Slots = 2 }), NullLogger<BubblewrapRunner>.Instance);
        await sandbox.PrepareAsync(CancellationToken.None);
        var options = new ModelHostsOptions();
        options.Hosts.Add(new ModelHostOptions { Name = "weak student", Url = url, Model = name });
        using var pool = new ModelPool(Options.Create(options), TimeProvider.System, NullLogger<ModelPool>.Instance);
        var evidence = new EvidenceCollector(sandbox);
        var student = new WeakStudent(pool, evidence);

        var table = new Table("hint", "hints", "passes without", "passes with", "leak score", "held by the guard");
        var sample = RefactorySample.Read(programs);
        foreach (var kind in Kinds(evidence))
        {
            int without = 0, with = 0, held = 0, hints = 0;
            foreach (var program in sample)
            {
                if (await kind.Write(program) is not { } hint) continue;
                var score = await student.MeasureAsync(program.Exercise, program.Code, hint, repairs, CancellationToken.None);
                (hints, without, with) = (hints + 1, without + score.PassedWithout, with + score.PassedWith);
                if ((await new LeakGuard(program.Context, sandbox).JudgeAsync(hint, CancellationToken.None)).Count > 0) held++;
            }
            if (hints == 0) continue;
            double attempts = hints * repairs;
            table.Add(kind.Name, hints, Share(without / attempts), Share(with / attempts), Share((with - without) / attempts), Share((double)held / hints));
        }
        Console.WriteLine($"Student: {name} at {url.Host}; {repairs} repairs each way.\n\n{table}");
    }

    private static IEnumerable<(string Name, Func<WrongProgram, Task<string?>> Write)> Kinds(EvidenceCollector evidence)
    {
        yield return ("general hints that come with Tutor", async p =>
        {
            var shown = await evidence.CollectAsync(p.Exercise, p.Code, CancellationToken.None);
            return LadderWriter.Write(new LadderRequest { Exercise = p.Exercise, Policy = new(), Rubric = [], Level = HintLevel.Location, Work = p.Code, Evidence = shown, Thread = [] }).Text;
        });
        string[] named = ["asks about the idea", "loop example in a fence", "pseudo-code, where it is not", "changed lines, fenced", "full, fenced"];
        foreach (var kind in HintKinds.All.Where(k => named.Contains(k.Name))) yield return (kind.Name, p => Task.FromResult(kind.Write(p)));
    }

    private static int Number(string[] args, int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

    private static string Share(double share) => share.ToString("P0", CultureInfo.InvariantCulture);
}
