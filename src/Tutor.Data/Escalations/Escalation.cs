using Tutor.Core.Escalations;
using Tutor.Data.Privacy;

namespace Tutor.Data.Escalations;

/// <summary>A student's request that a person looks at one interaction.</summary>
public sealed record Escalation
{
    public string Id { get; init; } = "";
    public string InteractionId { get; init; } = "";
    public string CourseId { get; init; } = "";
    public string ExerciseId { get; init; } = "";
    public string StudentId { get; init; } = "";

    /// <summary>As staff may call them.</summary>
    public StudentName Student { get; init; } = new("", "", false);

    /// <summary>Empty for a student of no section, or one who left the course.</summary>
    public string StudentSection { get; init; } = "";
    public string Message { get; init; } = "";

    /// <summary>One of <see cref="EscalationState"/>.</summary>
    public string State { get; init; } = EscalationState.Open;
    public string? ClaimedBy { get; init; }
    public string? ClaimedByName { get; init; }
    public long CreatedAt { get; init; }
    public long? ClaimedAt { get; init; }
    public long? ResolvedAt { get; init; }
    public int ReplyCount { get; init; }

    /// <summary>Unclaimed for longer than <see cref="EscalationOptions.OverdueAfterMinutes"/>.</summary>
    public bool Overdue { get; init; }
    public IReadOnlyList<EscalationReply> Replies { get; init; } = [];
}

/// <summary>What a TA or instructor wrote to the student, Markdown.</summary>
public sealed record EscalationReply
{
    public string Id { get; init; } = "";
    public string EscalationId { get; init; } = "";
    public string AuthorId { get; init; } = "";
    public string AuthorName { get; init; } = "";
    public string Body { get; init; } = "";
    public long CreatedAt { get; init; }
}

/// <summary>Escalations of a course by state, and how many of the open ones wait too long.</summary>
public sealed record EscalationCounts
{
    public int Open { get; init; }
    public int Claimed { get; init; }
    public int Resolved { get; init; }
    public int Overdue { get; init; }
}

/// <param name="Older">Id to pass on for the next page; null on the last.</param>
public sealed record EscalationPage(IReadOnlyList<Escalation> Rows, string? Older);
