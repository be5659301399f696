namespace Tutor.Data.Interactions;

/// <summary>What became of a request for a hint.</summary>
public abstract record SubmitResult
{
    private SubmitResult() { }

    /// <summary>Stored; it will be answered whatever happens to this process.</summary>
    /// <param name="HintOfTheDay">Which of the student's hints of that day in that course it is, from 1.</param>
    /// <param name="AskedAt">Unix milliseconds.</param>
    /// <param name="Repeated">The same client key was stored before; nothing new was written.</param>
    public sealed record Accepted(string InteractionId, int HintOfTheDay, long AskedAt, bool Repeated) : SubmitResult
    {
        /// <summary>The support text where the request was a message of distress; it can be shown even if nothing can be read from the database now.</summary>
        public string? Support { get; init; }
    }

    /// <summary>A message of distress, answered with this text, of which there is no interaction: it could not be stored yet, or is one of many.</summary>
    public sealed record Supported(string Text) : SubmitResult;

    /// <summary>The student has used today's hints in this course. Nothing was stored.</summary>
    /// <param name="ResetAt">Unix milliseconds of the course's next midnight.</param>
    public sealed record QuotaSpent(int Used, int Limit, long ResetAt) : SubmitResult;

    /// <summary>Requests come too fast. Nothing was stored.</summary>
    /// <param name="ResetAt">Unix milliseconds from which on one is taken again.</param>
    public sealed record TooFast(long ResetAt) : SubmitResult;

    /// <summary>The request cannot be answered; the message tells the student what to do.</summary>
    public sealed record Invalid(string Message) : SubmitResult;

    /// <summary>The database could not write, as when its disk is full. Nothing was stored and nothing counted; the same key may be sent again.</summary>
    public sealed record NotStored : SubmitResult;

    /// <summary>No such course or exercise for this person.</summary>
    public sealed record NotFound : SubmitResult;
}
