using Tutor.Core.Interactions;

namespace Tutor.Data.Process;

/// <summary>How the work stood at one request and what had happened to it since the one before.</summary>
public sealed record ProcessEntry
{
    public required string InteractionId { get; init; }
    public required long AskedAt { get; init; }
    public required int Characters { get; init; }

    /// <summary>Lines that are in this work and were not in the one before.</summary>
    public required int LinesAdded { get; init; }
    public required int LinesRemoved { get; init; }
    public string? FileName { get; init; }
    public IReadOnlyList<Paste> Pastes { get; init; } = [];
}
