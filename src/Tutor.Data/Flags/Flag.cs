namespace Tutor.Data.Flags;

/// <summary>Possible misuse as recorded, with what a person decided about it.</summary>
public sealed record Flag
{
    public string Id { get; init; } = "";
    public string InteractionId { get; init; } = "";
    public string Category { get; init; } = "";
    public string RuleId { get; init; } = "";
    public int RuleVersion { get; init; }
    public int Severity { get; init; }
    public string Field { get; init; } = "";
    public int Start { get; init; }
    public string Quote { get; init; } = "";
    public string Explanation { get; init; } = "";

    /// <summary>open, confirmed or dismissed.</summary>
    public string State { get; init; } = FlagState.Open;
    public string? ReviewedBy { get; init; }
    public string? ReviewedByName { get; init; }
    public long? ReviewedAt { get; init; }
    public string? ReviewReason { get; init; }
    public long CreatedAt { get; init; }
}

/// <summary>What a person decided about a flag.</summary>
public static class FlagState
{
    public const string Open = "open";
    public const string Confirmed = "confirmed";
    public const string Dismissed = "dismissed";
}
