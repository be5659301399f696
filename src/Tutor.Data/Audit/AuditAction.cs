namespace Tutor.Data.Audit;

/// <summary>What was done, as stored.</summary>
public static class AuditAction
{
    public const string Opened = "opened";
    public const string Revealed = "revealed";
    public const string Changed = "changed";
    public const string Exported = "exported";
}

/// <summary>To what it was done, as stored. Interactions, flags and escalations are named as their tables are.</summary>
public static class AuditObject
{
    public const string Interaction = "interaction";
    public const string Flag = "flag";
    public const string Escalation = "escalation";

    /// <summary>A student, by pseudonym.</summary>
    public const string Student = "student";
    public const string Course = "course";
    public const string People = "people";
    public const string WelfareNotices = "welfare notices";
    public const string Similarity = "similar programs";
    public const string File = "file";
    public const string ModelHost = "model host";

    /// <summary>A person who signs in, by id; belongs to no course.</summary>
    public const string Account = "account";
}
