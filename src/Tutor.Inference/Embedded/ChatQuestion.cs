using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Sampling;

namespace Tutor.Inference.Embedded;

/// <summary>A conversation to answer, and how.</summary>
public sealed record ChatQuestion
{
    public required IReadOnlyList<ChatTurn> Turns { get; init; }

    /// <summary>Whether the answer goes on with the last turn, which is then the assistant's.</summary>
    public bool ContinueLast { get; init; }

    /// <summary>Whether a reasoning model thinks first; null as the settings say. With a grammar it never does: thoughts are no JSON.</summary>
    public bool? Think { get; init; }

    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>A grammar (GBNF) for the answer; null for free text.</summary>
    public string? Grammar { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    public int MaxTokens { get; init; } = 1024;

    /// <summary>Name of a loaded adapter; null for the model as it is.</summary>
    public string? Adapter { get; init; }

    /// <summary>Whose question it is: callers take turns.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Alternatives to report with each token's log-probability; null for none at all.</summary>
    public int? TopLogProbs { get; init; }
}
