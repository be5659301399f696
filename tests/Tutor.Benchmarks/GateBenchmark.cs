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
    private const int Replies = 40, Chunkings = 2000, Rounds = 50;

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
        foreach (var (work, text) in replies) whole.Add(await FeedAsync(work, text, [text]));

        var random = new Random(20260601);
        int same = 0, withheld = 0;
        for (int i = 0; i < Chunkings; i++)
        {
            int at = i % replies.Count;
            var (shown, _) = await FeedAsync(replies[at].Work, replies[at].Text, Cut(replies[at].Text, random));
            if (shown == whole[at].Shown) same++;
            withheld += Math.Max(0, shown.Length - whole[at].Shown.Length);
        }

        var table = new Table("replies", "held back", "chunkings", "identical output", "withheld characters sent", "CPU per 1,000 characters, p50", "p95");
        double[] cost = [.. (await CostsAsync(replies)).Order()];
        table.Add(replies.Count, whole.Count(w => w.Leaked), Chunkings, same, withheld, Milliseconds(cost[cost.Length / 2]), Milliseconds(cost[cost.Length * 95 / 100]));
        Console.WriteLine(table);
    }

    /// <summary>Pure layers, a token of four characters at a time, in milliseconds of processor time per 1,000 characters of each reply.</summary>
    private static async Task<List<double>> CostsAsync(IReadOnlyList<(GuardContext Work, string Text)> replies)
    {
        var costs = new List<double>();
        using var process = Process.GetCurrentProcess();
        foreach (var (work, text) in replies)
        {
            string[] tokens = [.. text.Chunk(4).Select(c => new string(c))];
            await FeedAsync(work, text, tokens);
            process.Refresh();
            var before = process.UserProcessorTime;
            for (int round = 0; round < Rounds; round++) await FeedAsync(work, text, tokens);
            process.Refresh();
            costs.Add((process.UserProcessorTime - before).TotalMilliseconds / Rounds * 1000 / text.Length);
        }
        return costs;
    }

    private static async Task<(string Shown, bool Leaked)> FeedAsync(GuardContext work, string text, IEnumerable<string> chunks)
    {
        var gate = new LeakGuard(work).OpenGate();
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
