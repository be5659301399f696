using Tutor.Core.Hints;
using Tutor.Core.Interactions;

namespace Tutor.Data.Interactions;

/// <summary>An attempt that came to its end, with all there is to record.</summary>
/// <param name="Steps">In the order they ended.</param>
/// <param name="Revision">Number of the released text that became the answer; a reader who has part of it asks for the rest.</param>
public sealed record FinishedAttempt(
    string InteractionId, int Attempt, HintOutcome Outcome, IReadOnlyList<Step> Steps, string? TraceId, int Revision = 0);
