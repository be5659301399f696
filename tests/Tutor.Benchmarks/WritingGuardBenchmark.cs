using System.Globalization;
using Tutor.Core.Guard;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;

namespace Tutor.Benchmarks;

/// <summary>How often the guard holds back feedback on texts, by kind.</summary>
internal static class WritingGuardBenchmark
{
    /// <param name="args">Student answers (200).</param>
    public static Task RunAsync(string[] args)
    {
        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return Task.CompletedTask;
        }
        var answers = WritingSample.Read(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200);
        var table = new Table("feedback", "should be", "n", "held", "by W1 and W2", "by W3");
        foreach (var kind in WritingSample.Kinds)
        {
            var verdicts = answers.Select(a => new LeakGuard(a.Context).Judge(kind.Write(a))).ToList();
            string Share(Func<IReadOnlyList<LeakVerdict>, bool> which) => ((double)verdicts.Count(which) / verdicts.Count).ToString("P1", CultureInfo.InvariantCulture);
            table.Add(kind.Name, kind.IsLeak ? "held" : "shown", answers.Count, Share(v => v.Count > 0), Share(v => v.Any(x => x.Layer == LeakLayer.ReadyText)), Share(v => v.Any(x => x.Layer == LeakLayer.RewrittenSentence)));
        }
        Console.WriteLine(table);
        return Task.CompletedTask;
    }
}
