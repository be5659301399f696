using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Hints.Ladder;
using Tutor.Core.Retrieval;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>What a model's hint rests on: the first failure and the passages it was given.</summary>
internal static class HintBasis
{
    private const int MostPassages = 2;
    private const int LongestText = 400;

    public static IReadOnlyList<BasisItem> Of(RunEvidence evidence, IReadOnlyList<Passage> passages, IReadOnlyList<Criterion> rubric) =>
        [.. LadderBasis.Of(About.Of(evidence, null), null, rubric), .. passages.Take(MostPassages).Select(p => Of(p, rubric))];

    private static BasisItem Of(Passage passage, IReadOnlyList<Criterion> rubric) =>
        LadderBasis.CriterionOf(passage.CriterionId, rubric) ?? new BasisItem("passage", passage.Id, passage.Heading, Cut(passage.Text));

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + " ...";
}
