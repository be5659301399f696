using Tutor.Core.Guard.Python;
using Tutor.Core.Hints;

namespace Tutor.Core.Flags;

/// <summary>Raises a flag when one exercise is asked about again and again while the work stays as it is.</summary>
internal static class AnswerFishingRule
{
    private const string Id = "fishing-unchanged";
    private const int Version = 2;
    private const int Asks = 4;
    private const int PeopleHearAt = 6;
    private const int ChangedTokens = 5;
    private const long WindowMilliseconds = 15 * 60 * 1000;

    public static FlagFinding? Find(HintRequest request, long now)
    {
        var work = Count(request.Work);
        var unchanged = 1 + request.Thread.Count(t => now - t.AskedAt <= WindowMilliseconds && Changed(Count(t.Work), work) < ChangedTokens);
        // The student is told at the fourth; people hear of it once it goes on.
        var severity = unchanged < PeopleHearAt ? FlagSeverity.Nudge : FlagSeverity.Review;
        return unchanged < Asks ? null : new FlagFinding(FlagCategory.AnswerFishing, Id, Version, severity, "thread", 0, "",
            $"{unchanged} requests within 15 minutes while fewer than {ChangedTokens} tokens of the work changed.")
        {
            Threshold = $"{Asks} requests in 15 minutes with fewer than {ChangedTokens} changed tokens; {PeopleHearAt} for review",
        };
    }

    private static Dictionary<string, int> Count(string work) =>
        PythonLexer.Read(work).GroupBy(t => t.Text).ToDictionary(t => t.Key, t => t.Count());

    // Tokens replaced count once: the larger of what came and what went.
    private static int Changed(Dictionary<string, int> before, Dictionary<string, int> after) => Math.Max(Excess(before, after), Excess(after, before));

    private static int Excess(Dictionary<string, int> of, Dictionary<string, int> over) => of.Sum(t => Math.Max(0, t.Value - over.GetValueOrDefault(t.Key)));
}
