using Tutor.Core.Interactions;
using Tutor.Core.Privacy;

namespace Tutor.Core.Hints.Prompting;

/// <summary>What of a request a model may read: the same texts without personal data, line for line.</summary>
public sealed class PromptPrivacy(PersonalDataFinder finder)
{
    /// <param name="work">As cleaned; so is the question.</param>
    internal MaskedRequest Mask(HintRequest request, string work, string question)
    {
        var masked = 0;
        string Hide(string text)
        {
            var hidden = PromptMask.Mask(text, finder, request.Roster, request.AuthorId, out var count);
            masked += count;
            return hidden;
        }

        var thread = request.Thread.Select(t => t with { Question = Hide(SubmissionCleaner.CleanQuestion(t.Question).Text), Answer = Hide(t.Answer) }).ToList();
        return new MaskedRequest(request with { Thread = thread }, Hide(work), Hide(question), masked);
    }
}

/// <param name="Count">How many places were hidden.</param>
internal sealed record MaskedRequest(HintRequest Request, string Work, string Question, int Count);
