using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Retrieval;

namespace Tutor.Core.Hints.Prompting;

/// <summary>What a hint's passages are looked for by.</summary>
internal static class PassageSearch
{
    private const int MostPassages = 4;
    private const int EnoughText = 4000;

    public static IReadOnlyList<RankedPassage> Find(RubricRetriever retriever, HintRequest request, string work, string question, RunEvidence evidence)
    {
        // Passages are shown, so a word that the program chose in a hidden test must not choose them.
        var failure = evidence.ForStudent().FirstFailure;
        var text = request.Exercise.Kind == ExerciseKind.Writing ? work[..Math.Min(work.Length, EnoughText)] : "";
        var query = string.Join('\n', question, request.Exercise.Title, request.Exercise.Summary, evidence.ExceptionType, failure?.ExceptionType, failure?.Why,
            string.Join(' ', evidence.RuleBreaks.Select(r => r.Message)), text);
        return retriever.Retrieve(request.Course, request.Exercise.Id, request.Passages, query, MostPassages);
    }
}
