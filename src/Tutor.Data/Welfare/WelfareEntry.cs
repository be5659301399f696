namespace Tutor.Data.Welfare;

/// <summary>One student and what they wrote.</summary>
public sealed record WelfareEntry
{
    public string StudentId { get; init; } = "";
    public string StudentName { get; init; } = "";
    public string? StudentEmail { get; init; }

    /// <summary>When the oldest message that nobody has taken up was written; null where all are taken up.</summary>
    public long? WaitingSince { get; init; }

    /// <summary>All messages of the student, those among them of which only the number is kept.</summary>
    public int Messages { get; init; }

    /// <summary>Those to take up first, the newest first among equals; at most <see cref="WelfareStore.NoticesShown"/>.</summary>
    public IReadOnlyList<WelfareNotice> Notices { get; init; } = [];
}
