namespace Tutor.Data.Sessions;

/// <summary>A person as operators find them: who they are and whether they may come in, and nothing of any course.</summary>
public sealed record Account
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Login { get; init; }

    /// <summary>Unix milliseconds; null for who may come in.</summary>
    public long? SuspendedAt { get; init; }
    public string? SuspendedWhy { get; init; }
}
