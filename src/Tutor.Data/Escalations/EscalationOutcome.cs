namespace Tutor.Data.Escalations;

/// <summary>How a change to an escalation ended.</summary>
public enum EscalationResult
{
    Done,

    /// <summary>Another person holds it, or someone changed its state first; <see cref="EscalationOutcome.Current"/> shows how it stands.</summary>
    Conflict,

    /// <summary>There is none, or it is not this person's to see.</summary>
    NotFound,
}

/// <param name="Current">The escalation as it stands after the attempt; null where it was not found.</param>
public sealed record EscalationOutcome(EscalationResult Result, Escalation? Current);
