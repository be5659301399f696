using Tutor.Data.Privacy;

namespace Tutor.Data.Flags;

/// <summary>A flag in the staff's list. Nudges carry no name: they are looked at to judge the rule, not the student.</summary>
public sealed record FlagEntry
{
    public string Id { get; init; } = "";
    public string? InteractionId { get; init; }
    public string ExerciseId { get; init; } = "";
    public StudentName? Student { get; init; }
    public string Category { get; init; } = "";
    public string RuleId { get; init; } = "";
    public int Severity { get; init; }
    public string Quote { get; init; } = "";
    public string State { get; init; } = "";
    public bool Answered { get; init; }
    public long CreatedAt { get; init; }
    internal string StudentId { get; init; } = "";
}

/// <summary>One page of flags, newest first.</summary>
/// <param name="Older">Id to go on from; null on the last page.</param>
public sealed record FlagPage(IReadOnlyList<FlagEntry> Rows, string? Older);

/// <summary>A flag with the text it was raised on.</summary>
public sealed record FlagDetail
{
    public required Flag Flag { get; init; }
    public required string ExerciseId { get; init; }

    /// <summary>Null for nudges, like <see cref="InteractionId"/>.</summary>
    public StudentName? Student { get; init; }
    public string? InteractionId { get; init; }

    /// <summary>The question or work the quote stands in; empty for rules about behaviour over time.</summary>
    public required string Text { get; init; }
}
