namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L4: a program read out in a sentence, where neither fence nor backtick marks it as code.</summary>
internal sealed class ProseCodeLayer : ILeakLayer
{
    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<HintCode> earlier, KnownWork work, GuardLimits limits)
    {
        var runs = hint.ProseRuns.Where(r => !work.IsQuote(r.Text)).Select(r => (r.Text, Count: r.CountStatements())).ToList();
        int hard = runs.Sum(r => r.Count.Hard);
        int all = hard + runs.Sum(r => r.Count.Returns);
        if (hard >= 2 && all >= limits.ProseStatements)
            yield return new(LeakLayer.ProseCode, string.Join('\n', runs.Where(r => r.Count != default).Select(r => r.Text)), $"{all} statements written out in prose.");
    }
}
