using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;

namespace Tutor.Runtime.Hints;

/// <summary>What may be asked now, and the level of help it asks for. The fields themselves are fine: <see cref="RequestFields"/>.</summary>
internal static class SubmitRules
{
    /// <summary>A sentence that tells the student what to do instead; null when the request may be stored.</summary>
    public static string? Objection(SubmitRequest request, Exercise exercise, HintPolicy policy, Interaction? last) => request switch
    {
        { Kind: InteractionKind.FollowUp } when string.IsNullOrWhiteSpace(request.Question) => "Write your question about the hint first.",
        { Kind: InteractionKind.FollowUp or InteractionKind.NextLevel } when last is null => "Ask for a first hint on this exercise, then go on from it.",
        { Kind: InteractionKind.NextLevel } when (last!.Level ?? last.RequestedLevel) >= policy.HighestLevel =>
            "This is as far as Tutor goes on this exercise. Try what the hints say, or ask a TA.",
        { Kind: InteractionKind.Hint } when policy.AttemptFirst && !IsAttempt(request.Work, exercise) =>
            "Try something first: a hint builds on what you have. A few lines that do not work yet are enough.",
        { Kind: InteractionKind.Hint } when string.IsNullOrWhiteSpace(request.Work) && string.IsNullOrWhiteSpace(request.Question) =>
            "Write something, or ask a question, so that Tutor can see where you are.",
        _ => null,
    };

    /// <summary>A new difficulty begins with a nudge; the same work goes on where it was; the next level is one more, up to the policy's highest.</summary>
    public static HintLevel Level(SubmitRequest request, HintPolicy policy, Interaction? last)
    {
        var reached = last?.Level ?? last?.RequestedLevel ?? HintLevel.Nudge;
        var asked = request.Kind switch
        {
            InteractionKind.NextLevel => reached + 1,
            InteractionKind.FollowUp => reached,
            _ when last is not null && last.Work == request.Work => reached,
            _ => HintLevel.Nudge,
        };
        return asked < policy.HighestLevel ? asked : policy.HighestLevel;
    }

    // Spaces alone are no attempt.
    private static bool IsAttempt(string work, Exercise exercise) => Dense(work).Length > 0 && Dense(work) != Dense(exercise.Starter);

    private static string Dense(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
