namespace Tutor.Data.Interactions;

/// <summary>What a student is writing and has not handed in.</summary>
public sealed record WorkDraft
{
    public string Body { get; init; } = "";
    public string Question { get; init; } = "";

    /// <summary>A question about the last hint.</summary>
    public string FollowUp { get; init; } = "";

    /// <summary>How often it was written.</summary>
    public int Version { get; init; }

    /// <summary>The window that wrote it last.</summary>
    public string WindowId { get; init; } = "";
    public long UpdatedAt { get; init; }
}
