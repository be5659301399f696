using Tutor.Data.Privacy;

namespace Tutor.Data.Limits;

/// <summary>One student's hints of today.</summary>
public sealed record StudentUse
{
    public required string StudentId { get; init; }

    /// <summary>As staff may call them.</summary>
    public StudentName Student { get; init; } = new("", "", false);
    public int Used { get; init; }

    /// <summary>Teaches the course, and tries it.</summary>
    public bool IsStaff { get; init; }

    /// <summary>Given by an instructor beyond the course's own number.</summary>
    public int Extra { get; init; }
}
