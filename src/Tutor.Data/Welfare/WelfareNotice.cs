namespace Tutor.Data.Welfare;

/// <summary>A student's message that may need a person, as the course's welfare contact reads it.</summary>
public sealed record WelfareNotice
{
    public string Id { get; init; } = "";
    public string StudentName { get; init; } = "";
    public string? StudentEmail { get; init; }

    /// <summary>The words that made Tutor give the support text.</summary>
    public string Quote { get; init; } = "";

    /// <summary>The whole message: the question, or the work where the words stood there.</summary>
    public string Message { get; init; } = "";
    public long CreatedAt { get; init; }
    public string? TakenUpByName { get; init; }
    public long? TakenUpAt { get; init; }
    public string? Note { get; init; }
}
