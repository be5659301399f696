using Tutor.Core.Interactions;

namespace Tutor.Runtime.Hints;

/// <summary>A student asks for help with their work on an exercise.</summary>
public sealed record SubmitRequest
{
    /// <summary>Made by the client, at most 100 characters. Sending it again gives the same interaction and costs nothing.</summary>
    public required string ClientKey { get; init; }
    public required string CourseId { get; init; }
    public required string ExerciseId { get; init; }

    /// <summary>One of <see cref="InteractionKind"/>.</summary>
    public string Kind { get; init; } = InteractionKind.Hint;

    /// <summary>The work as it stands.</summary>
    public required string Work { get; init; }
    public string Question { get; init; } = "";

    /// <summary>Name of the uploaded file, for display only.</summary>
    public string? FileName { get; init; }

    /// <summary>What was pasted since the last request, oldest first; the first hundred are kept.</summary>
    public IReadOnlyList<Paste> Pastes { get; init; } = [];
}
