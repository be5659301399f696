namespace Tutor.Data.Audit;

/// <summary>Which entries of a course's log somebody wants to see. Null means any.</summary>
public sealed record AuditFilter
{
    /// <summary>One of <see cref="AuditAction"/>.</summary>
    public string? Action { get; init; }

    /// <summary>Id of who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>Whose request it was, or whose name or limit: the student's id and their pseudonym.</summary>
    public (string Id, string Alias)? Student { get; init; }

    /// <summary>At this moment or later, Unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Before this moment, Unix milliseconds.</summary>
    public long? Until { get; init; }
}
