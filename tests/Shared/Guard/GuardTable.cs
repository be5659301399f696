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
            int count = 0, fence = 0, held = 0, strict = 0;
            var layers = new Dictionary<LeakLayer, int>();
            foreach (var program in programs)
            {
                if (kind.Write(program) is not { } hint) continue;
                count++;
                // The rule of CodeHelp (Koli Calling 2023): a fence or a phrase that announces one.
                if (hint.Contains("```") || hint.Contains("should look like")) fence++;
                if (new LeakGuard(program.Context).Judge(hint).Count > 0) strict++;
                if (runner is null) continue;
                var verdicts = await new LeakGuard(program.Context, runner).JudgeAsync(hint, cancel);
                if (verdicts.Count > 0) held++;
                foreach (var layer in verdicts.Select(v => v.Layer).Distinct()) layers[layer] = layers.GetValueOrDefault(layer) + 1;
            }
            if (count > 0) rows.Add(new(kind, count, fence, layers, held, strict));
        }
        return rows;
    }

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
