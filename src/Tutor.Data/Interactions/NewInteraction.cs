using Tutor.Core.Hints;
using Tutor.Core.Interactions;

namespace Tutor.Data.Interactions;

/// <summary>A request about to be stored.</summary>
public sealed record NewInteraction
{
    /// <summary>Made by the client; sending the same key again gives the same interaction and costs nothing.</summary>
    public required string ClientKey { get; init; }
    public required string StudentId { get; init; }
    public required string CourseId { get; init; }
    public required string CourseVersionId { get; init; }
    public required string ExerciseId { get; init; }
    public required string Kind { get; init; }
    public required HintLevel Level { get; init; }
    public required string Work { get; init; }
    public string Question { get; init; } = "";
    public string? FileName { get; init; }
    public IReadOnlyList<Paste> Pastes { get; init; } = [];
}
