using System.Globalization;
using Tutor.Core.Courses;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;

namespace Tutor.Runtime.Hints;

/// <summary>What may be asked now, and the level of help it asks for.</summary>
internal static class SubmitRules
{
    private const int KeyLength = 100;
    private const int QuestionLength = 4_000;
    // As much as a file may have that is uploaded.
    public const int WorkLength = 1024 * 1024;

    /// <summary>A sentence that tells the student what to do instead; null when the request may be stored.</summary>
    public static string? Objection(SubmitRequest request, Exercise exercise, HintPolicy policy, Interaction? last) => request switch
    {
        { ClientKey.Length: 0 or > KeyLength } => $"The request needs a client key of 1 to {KeyLength} characters.",
        { Kind: not (InteractionKind.Hint or InteractionKind.FollowUp or InteractionKind.NextLevel) } =>
            $"Tutor knows no request of the kind \"{request.Kind}\". Use hint, follow_up or next_level.",
        { Work.Length: > WorkLength } => string.Create(CultureInfo.InvariantCulture,
            $"Your work has {request.Work.Length:N0} characters; Tutor reads up to {WorkLength:N0}. Send the part you are stuck on."),
        { Question.Length: > QuestionLength } => string.Create(CultureInfo.InvariantCulture,
            $"Your question has {request.Question.Length:N0} characters; Tutor reads up to {QuestionLength:N0}. Please ask it more briefly."),
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
