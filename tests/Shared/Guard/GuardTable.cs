using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;

namespace Tutor.Tests.Shared.Guard;

/// <summary>How often each layer holds back each kind of hint.</summary>
internal sealed record GuardRow(HintKind Kind, int Count, int FenceRule, IReadOnlyDictionary<LeakLayer, int> ByLayer, int Held, int HeldStrictly)
{
    public double Share => (double)Held / Count;
    public double StrictShare => (double)HeldStrictly / Count;
}

/// <summary>Measures the guard on hints for real wrong programs.</summary>
internal static class GuardTable
{
    /// <param name="runner">For the sandbox layer; null measures the pure layers alone.</param>
    public static async Task<IReadOnlyList<GuardRow>> MeasureAsync(
        IReadOnlyList<WrongProgram> programs, IEnumerable<HintKind> kinds, ICodeRunner? runner, CancellationToken cancel)
    {
        var rows = new List<GuardRow>();
        foreach (var kind in kinds)
        {
            var judged = new ConcurrentBag<Judged>();
            await Parallel.ForEachAsync(programs, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel }, async (program, stop) =>
            {
                if (kind.Write(program) is not { } hint) return;
                // The rule of CodeHelp (Koli Calling 2023): a fence or a phrase that announces one.
                bool fence = hint.Contains("```") || hint.Contains("should look like");
                bool strictly = new LeakGuard(program.Context).Judge(hint).Count > 0;
                var verdicts = runner is null ? [] : await new LeakGuard(program.Context, runner).JudgeAsync(hint, stop, everyLayer: true);
                judged.Add(new(program.Id, fence, strictly, [.. verdicts.Select(v => v.Layer).Distinct()]));
            });
            if (judged.IsEmpty) continue;
            var layers = judged.SelectMany(j => j.Layers).CountBy(l => l).ToDictionary();
            rows.Add(new(kind, judged.Count, judged.Count(j => j.FenceRule), layers, judged.Count(j => j.Layers.Length > 0), judged.Count(j => j.Strictly)));
        }
        return rows;
    }

    private sealed record Judged(string Program, bool FenceRule, bool Strictly, LeakLayer[] Layers);

    /// <summary>A Markdown table of the rows.</summary>
    public static string Write(IReadOnlyList<GuardRow> rows)
    {
        var table = new StringBuilder("| hint | should be | n | fence rule | L2 | L3 | L4 | L5 | all layers | without sandbox |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            string Of(LeakLayer layer) => Percent(row.ByLayer.GetValueOrDefault(layer), row.Count);
            table.Append(CultureInfo.InvariantCulture,
                $"| {row.Kind.Name} | {Wanted(row.Kind.Sort)} | {row.Count} | {Percent(row.FenceRule, row.Count)} | {Of(LeakLayer.OwnIdentifiers)} | {Of(LeakLayer.DeltaOverlap)} | {Of(LeakLayer.ProseCode)} | {Of(LeakLayer.Splice)} | {Percent(row.Held, row.Count)} | {Percent(row.HeldStrictly, row.Count)} |\n");
        }
        return table.ToString();
    }

    private static string Wanted(HintSort sort) => sort switch { HintSort.Harmless => "shown", HintSort.Grey => "grey", _ => "held" };

    private static string Percent(int part, int whole) => (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
