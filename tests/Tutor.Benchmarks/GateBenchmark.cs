using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tutor.Core.Guard;
using Tutor.Tests.Shared;
using Tutor.Tests.Shared.Guard;

namespace Tutor.Benchmarks;

/// <summary>Whether the gate releases the same text however a reply is cut, nothing of what it holds back, and what it costs.</summary>
internal static class GateBenchmark
{
    private const int Replies = 40, Chunkings = 2000, Rounds = 25, Blocks = 20;

    public static async Task RunAsync(string[] args)
    {
        if (SharedData.Folder is null)
        {
            Console.WriteLine(SharedData.Missing);
            return;
        }
        // Every kind of hint once, about programs of the three assignments in turn.
        var programs = RefactorySample.Read(4);
        var replies = HintKinds.All.Concat(HintKinds.All).Select((kind, i) => (Work: programs[i % programs.Count].Context, Text: kind.Write(programs[i % programs.Count])))
            .Where(r => r.Text is not null).Take(Replies).Select(r => (r.Work, Text: r.Text!)).ToList();
        var whole = new List<(string Shown, bool Leaked)>();
        foreach (var (work, text) in replies) whole.Add(await FeedAsync(work, [text]));

        var random = new Random(20260601);
        int same = 0, withheld = 0;
        for (int i = 0; i < Chunkings; i++)
        {
            int at = i % replies.Count;
            var (shown, _) = await FeedAsync(replies[at].Work, Cut(replies[at].Text, random));
            if (shown == whole[at].Shown) same++;
            withheld += Math.Max(0, shown.Length - whole[at].Shown.Length);
        }

        var table = new Table("replies", "held back", "chunkings", "identical output", "withheld characters sent", "CPU per 1,000 characters, all replies", "of shown ones", "to prepare a guard");
        var (all, shownOnly, prepare) = await CostsAsync(replies, [.. whole.Select(w => w.Leaked)]);
        table.Add(replies.Count, whole.Count(w => w.Leaked), Chunkings, same, withheld, Milliseconds(all), Milliseconds(shownOnly), Milliseconds(prepare));
        Console.WriteLine(table);
    }

    /// <summary>Pure layers, a token of four characters at a time, in milliseconds of processor time: the least of some blocks.</summary>
    private static async Task<(double All, double Shown, double Prepare)> CostsAsync(List<(GuardContext Work, string Text)> replies, bool[] leaked)
    {
        var tokens = replies.Select(r => r.Text.Chunk(4).Select(c => new string(c)).ToArray()).ToList();
        var guards = replies.Select(r => new LeakGuard(r.Work)).ToList();
        async Task FeedAllAsync(Func<int, bool> which)
        {
            for (int i = 0; i < replies.Count; i++)
                if (which(i)) await FeedAsync(guards[i], tokens[i]);
        }
        static async Task<double> MeasureAsync(Func<Task> work)
        {
            // What the compiler and other programs on the same cores add differs from block to block; what the work costs is in each.
            double least = double.MaxValue;
            using var process = Process.GetCurrentProcess();
            for (int block = 0; block < Blocks; block++)
            {
                process.Refresh();
                var before = process.TotalProcessorTime;
                for (int round = 0; round < Rounds; round++) await work();
                process.Refresh();
                least = Math.Min(least, (process.TotalProcessorTime - before).TotalMilliseconds / Rounds);
            }
            return least;
        }
        double characters = replies.Sum(r => r.Text.Length), charactersShown = replies.Where((_, i) => !leaked[i]).Sum(r => r.Text.Length);
        double all = await MeasureAsync(() => FeedAllAsync(_ => true)), shown = await MeasureAsync(() => FeedAllAsync(i => !leaked[i]));
        double prepare = await MeasureAsync(() => Task.FromResult(replies.Select(r => new LeakGuard(r.Work)).ToList()));
        return (all * 1000 / characters, shown * 1000 / charactersShown, prepare / replies.Count);
    }

    private static Task<(string Shown, bool Leaked)> FeedAsync(GuardContext work, IEnumerable<string> chunks) => FeedAsync(new LeakGuard(work), chunks);

    private static async Task<(string Shown, bool Leaked)> FeedAsync(LeakGuard guard, IEnumerable<string> chunks)
    {
        var gate = guard.OpenGate();
        var shown = new StringBuilder();
        foreach (string chunk in chunks) shown.Append((await gate.FeedAsync(chunk, CancellationToken.None)).Released);
        shown.Append((await gate.FinishAsync(CancellationToken.None)).Released);
        return (shown.ToString(), gate.Verdicts.Count > 0);
    }

    private static IEnumerable<string> Cut(string text, Random random)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = Math.Min(text.Length - at, random.Next(1, 8));
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private static string Milliseconds(double value) => value.ToString("0.00 ms", CultureInfo.InvariantCulture);
}
