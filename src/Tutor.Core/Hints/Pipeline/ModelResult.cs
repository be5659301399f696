using Tutor.Core.Guard;

namespace Tutor.Core.Hints.Pipeline;

/// <summary>What came of asking the model.</summary>
internal sealed record ModelResult
{
    /// <summary>The hint; null where the ladder has to write it.</summary>
    public string? Answer { get; init; }

    /// <summary>Who wrote it, for the student.</summary>
    public string Reason { get; init; } = "";
    public string GuardAction { get; init; } = "none";
    public IReadOnlyList<LeakVerdict> Verdicts { get; init; } = [];

    /// <summary>Whether a host took the prompt.</summary>
    public bool Asked { get; init; }
    public IReadOnlyList<PromptMessage> Messages { get; init; } = [];
    public string? Model { get; init; }
    public string? Host { get; init; }
    public long Seed { get; init; }
    public ModelUsage Usage { get; init; } = ModelUsage.None;
}
