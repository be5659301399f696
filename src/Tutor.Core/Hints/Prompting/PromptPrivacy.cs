using Tutor.Core.Privacy;

namespace Tutor.Core.Hints.Prompting;

/// <summary>What of a request a model may read: the same texts without personal data, line for line.</summary>
public sealed class PromptPrivacy(PersonalDataFinder finder)
{
    internal MaskedRequest Mask(HintRequest request)
    {
        var masked = 0;
        string Hide(string text)
        {
            var hidden = PromptMask.Mask(text, finder, request.Roster, request.AuthorId, out var count);
            masked += count;
            return hidden;
        }

        var thread = request.Thread.Select(t => t with { Question = Hide(t.Question.Trim()), Answer = Hide(t.Answer) }).ToList();
        return new MaskedRequest(request with { Thread = thread }, Hide(request.Work), Hide(request.Question.Trim()), masked);
    }
}

/// <param name="Count">How many places were hidden.</param>
internal sealed record MaskedRequest(HintRequest Request, string Work, string Question, int Count);
