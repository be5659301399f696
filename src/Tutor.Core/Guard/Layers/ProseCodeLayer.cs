namespace Tutor.Core.Guard.Layers;

/// <summary>Layer L4: a program read out in a sentence, where neither fence nor backtick marks it as code.</summary>
internal sealed class ProseCodeLayer : ILeakLayer
{
    public IEnumerable<LeakVerdict> Judge(HintCode hint, IReadOnlyList<EarlierCode> earlier, KnownWork work, GuardLimits limits)
    {
        var runs = Runs(hint, work);
        int hard = runs.Sum(r => r.Count.Hard);
        int all = hard + runs.Sum(r => r.Count.Returns);
        if (all == 0) yield break;
        int before = earlier.SelectMany(e => Runs(e.Hint, e.Work)).Sum(r => r.Count.Hard + r.Count.Returns);
        if ((hard >= 2 && all >= limits.ProseStatements) || (before > 0 && all + before >= limits.ProseStatementsInThread))
            yield return new(LeakLayer.ProseCode, string.Join('\n', runs.Where(r => r.Count != default).Select(r => r.Text)),
                before > 0 ? $"With earlier hints, {all + before} statements written out in prose." : $"{all} statements written out in prose.");
    }

    private static List<(string Text, (int Hard, int Returns) Count)> Runs(HintCode hint, KnownWork work) =>
        [.. hint.ProseRuns.Where(r => !work.IsQuote(r.Text)).Select(r => (r.Text, r.CountStatements()))];
}
