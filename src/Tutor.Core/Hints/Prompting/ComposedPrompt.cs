using Tutor.Core.Retrieval;

namespace Tutor.Core.Hints.Prompting;

/// <summary>A prompt ready to send.</summary>
public sealed record ComposedPrompt
{
    /// <summary>The system message, then one of the user.</summary>
    public required IReadOnlyList<PromptMessage> Messages { get; init; }
    public required LineMarks Marks { get; init; }

    /// <summary>What no reply may hold.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Passages that found room, best first.</summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    /// <summary>See <see cref="TokenEstimate"/>.</summary>
    public required int EstimatedTokens { get; init; }

    /// <summary>How large it is and what found no room, for the step.</summary>
    public required string Detail { get; init; }
}
