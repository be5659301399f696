using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;

namespace Tutor.Tests.Shared.Guard;

/// <summary>What the guard made of one hint.</summary>
/// <param name="Layer">The layer that held it back as a student meets it: cheap layers first; null where it was shown.</param>
/// <param name="Strictly">Held back where nothing can be run.</param>
/// <param name="Milliseconds">Spent in the gate from the first character to the last.</param>
internal sealed record JudgedHint(WrongProgram Program, string Hint, bool FenceRule, LeakLayer? Layer, bool Strictly, double Milliseconds);

/// <summary>How often each layer holds back a kind of hint.</summary>
internal sealed record GuardRow(HintKind Kind, IReadOnlyList<JudgedHint> Hints)
{
    public int Count => Hints.Count;
    public int Held => Hints.Count(h => h.Layer is not null);
    public int HeldStrictly => Hints.Count(h => h.Strictly);
    public double Share => (double)Held / Count;
    public double StrictShare => (double)HeldStrictly / Count;
    public int By(LeakLayer layer) => Hints.Count(h => h.Layer == layer);
}

/// <summary>Measures the guard on hints for real wrong programs, each fed to the gate as a model writes: four characters at a time.</summary>
internal static class GuardTable
{
    /// <param name="runner">For the sandbox layer; null measures the pure layers alone.</param>
    public static async Task<IReadOnlyList<GuardRow>> MeasureAsync(
        IReadOnlyList<WrongProgram> programs, IEnumerable<HintKind> kinds, ICodeRunner? runner, CancellationToken cancel, int atOnce = 2)
    {
        var rows = new List<GuardRow>();
        foreach (var kind in kinds)
        {
            var judged = new ConcurrentBag<JudgedHint>();
            await Parallel.ForEachAsync(programs, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, async (program, stop) =>
            {
                if (kind.Write(program) is { } hint) judged.Add(await JudgeAsync(program, program.Context with { AllowedLevel = kind.Allowed }, hint, runner, stop));
            });
            if (!judged.IsEmpty) rows.Add(new(kind, [.. judged.OrderBy(j => j.Program.Id)]));
        }
        return rows;
    }

    private static async Task<JudgedHint> JudgeAsync(WrongProgram program, GuardContext context, string hint, ICodeRunner? runner, CancellationToken cancel)
    {
        // The rule of CodeHelp (Koli Calling 2023): a fence or a phrase that announces one.
        bool fence = hint.Contains("```") || hint.Contains("should look like");
        bool strictly = new LeakGuard(context).Judge(hint).Count > 0;
        if (runner is null) return new(program, hint, fence, null, strictly, 0);

        var clock = Stopwatch.StartNew();
        var gate = new LeakGuard(context, runner).OpenGate();
        foreach (var token in hint.Chunk(4)) await gate.FeedAsync(new string(token), cancel);
        await gate.FinishAsync(cancel);
        return new(program, hint, fence, gate.Verdicts.Count > 0 ? gate.Verdicts[0].Layer : null, strictly, clock.Elapsed.TotalMilliseconds);
    }

    /// <summary>A Markdown table of the rows.</summary>
    public static string Write(IReadOnlyList<GuardRow> rows)
    {
        var table = new StringBuilder("| hint | should be | n | fence rule | by L2 | by L3 | by L4 | by L5 | by level | all layers | without sandbox |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            string Of(LeakLayer layer) => Percent(row.By(layer), row.Count);
            table.Append(CultureInfo.InvariantCulture,
                $"| {row.Kind.Name} | {Wanted(row.Kind.Sort)} | {row.Count} | {Percent(row.Hints.Count(h => h.FenceRule), row.Count)} | {Of(LeakLayer.OwnIdentifiers)} | {Of(LeakLayer.DeltaOverlap)} | {Of(LeakLayer.ProseCode)} | {Of(LeakLayer.Splice)} | {Of(LeakLayer.Steps)} | {Percent(row.Held, row.Count)} | {Percent(row.HeldStrictly, row.Count)} |\n");
        }
        return table.ToString();
    }

    private static string Wanted(HintSort sort) => sort switch { HintSort.Harmless => "shown", HintSort.Grey => "grey", _ => "held" };

    private static string Percent(int part, int whole) => (100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
