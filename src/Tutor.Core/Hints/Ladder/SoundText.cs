using Tutor.Core.Courses;
using Tutor.Core.Evidence;

namespace Tutor.Core.Hints.Ladder;

/// <summary>What a text is told in which nothing that can be counted stands out: what holds, and what to look at next.</summary>
/// <param name="Praise">Names the criteria whose checks the text passed: praise that can be justified.</param>
/// <param name="Next">The next criterion, as it looks at its best.</param>
internal sealed record SoundText(string Praise, string Next, BasisItem Criterion)
{
    private const int MostNamed = 2;

    /// <returns>Null where the course has no criterion for the exercise.</returns>
    public static SoundText? Read(LadderRequest request)
    {
        var criteria = TreatedSignals.CriteriaOf(request).ToList();
        if (criteria.Count == 0) return null;

        var checkedIds = request.Exercise.Ladder.Misconceptions
            .Where(m => m.Signatures.Any(s => s.Signal is not null)).Select(m => m.Criterion).OfType<string>().ToHashSet();
        var passed = criteria.Where(c => checkedIds.Contains(c.Id)).ToList();
        var found = passed.Count switch
        {
            0 => "nothing that Tutor can count in your text stands out as weak",
            <= MostNamed => $"Tutor's checks find nothing weak under {string.Join(" and ", passed.Select(c => $"*{c.Title}*"))}",
            _ => $"Tutor's checks find nothing weak under any of the {passed.Count} criteria they cover",
        };
        var praise = $"**Well done so far:** {found}.";

        // What no check can see comes first; asking again leads to the criterion after it.
        List<Criterion> order = [.. criteria.Except(passed), .. passed];
        var next = order[request.Thread.Count(turn => turn.MisconceptionId is null) % order.Count];
        var best = next.Levels.Count > 0 ? $" At its best: {next.Levels[0].Description}" : $" {next.Description}";
        return new(praise, $"**Look at this next:** *{next.Title}*.{best}", LadderBasis.CriterionOf(next.Id, request.Rubric)!);
    }
}
