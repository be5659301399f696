namespace Tutor.Data.Welfare;

/// <summary>A student's message that may need a person, as the course's welfare contact reads it.</summary>
public sealed record WelfareNotice
{
    public string Id { get; init; } = "";
    public string StudentId { get; init; } = "";

    /// <summary>The words that made Tutor give the support text.</summary>
    public string Quote { get; init; } = "";

    /// <summary>The message: the question, or the work where the words stood there. Of a long one the part around the words.</summary>
    public string Message { get; init; } = "";
    public long CreatedAt { get; init; }

    /// <summary>Messages that came soon after it and of which only the number is kept.</summary>
    public int More { get; init; }

    /// <summary>When the last message it counts came.</summary>
    public long LastAt { get; init; }
    public string? TakenUpByName { get; init; }
    public long? TakenUpAt { get; init; }
    public string? Note { get; init; }
}
