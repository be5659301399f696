using Tutor.Core.Evidence;
using Tutor.Core.Interactions;
using Tutor.Core.Retrieval;

namespace Tutor.Core.Hints.Prompting;

/// <summary>Composes the prompt that a request would send, without running anything or asking a model.</summary>
public sealed class PromptPreview(RubricRetriever retriever, PromptPrivacy privacy)
{
    /// <param name="request">A past request, under the course version to try.</param>
    /// <param name="evidence">What running the work showed when it was answered.</param>
    public ComposedPrompt Compose(HintRequest request, RunEvidence evidence)
    {
        var highest = request.Course.Pack.PolicyFor(request.Exercise).HighestLevel;
        var passages = PassageSearch.Find(retriever, request, SubmissionCleaner.CleanWork(request.Work, request.Exercise.Kind).Text, SubmissionCleaner.CleanQuestion(request.Question).Text, evidence);
        var hidden = privacy.Mask(request);
        return HintComposer.Compose(hidden.Request, hidden.Work, hidden.Question, evidence, passages, request.Level > highest ? highest : request.Level);
    }
}
