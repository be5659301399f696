namespace Tutor.Data.Interactions;

/// <summary>What a student is writing and has not handed in.</summary>
public sealed record WorkDraft
{
    public string Body { get; init; } = "";
    public string Question { get; init; } = "";
    public long UpdatedAt { get; init; }
}
