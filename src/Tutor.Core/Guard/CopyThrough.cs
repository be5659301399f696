using Tutor.Core.Guard.Layers;

namespace Tutor.Core.Guard;

/// <summary>W5: how much of what is new in a draft came from the feedback on the draft before it.</summary>
/// <param name="NewRuns">Runs of twelve words in the later draft that the earlier one had not.</param>
/// <param name="Copied">Those among them that stand in the feedback, in order.</param>
public sealed record CopyThrough(int NewRuns, IReadOnlyList<string> Copied)
{
    /// <summary>Words of a run: long enough that nobody writes the same by chance.</summary>
    public const int RunLength = 12;

    /// <summary>Share from which on someone should look at it.</summary>
    public const double AlarmShare = 0.02;

    public double Share => NewRuns == 0 ? 0 : (double)Copied.Count / NewRuns;
    public bool IsAlarming => Share > AlarmShare;

    /// <param name="feedback">Everything shown to the student between the two drafts.</param>
    public static CopyThrough Measure(string earlierDraft, string laterDraft, string feedback)
    {
        var before = TextWords.Runs(TextWords.Of(earlierDraft), RunLength);
        var given = TextWords.Runs(TextWords.Of(feedback), RunLength);
        string[] fresh = [.. TextWords.Windows(TextWords.Of(laterDraft), RunLength).Where(r => !before.Contains(r)).Distinct()];
        return new(fresh.Length, [.. fresh.Where(given.Contains)]);
    }
}
