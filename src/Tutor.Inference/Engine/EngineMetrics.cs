namespace Tutor.Inference.Engine;

/// <summary>Counters since the engine was loaded and what it is doing now, for a metrics page.</summary>
public readonly record struct EngineMetrics
{
    /// <summary>Tokens of all admitted prompts.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Prompt tokens taken from the prefix cache instead of computed.</summary>
    public required long CachedPromptTokens { get; init; }

    /// <summary>Prompt tokens that were computed.</summary>
    public required long DecodedPromptTokens { get; init; }

    public required long GeneratedTokens { get; init; }

    /// <summary>Admitted requests, and those of them that found a prefix.</summary>
    public required long PrefixLookups { get; init; }
    public required long PrefixHits { get; init; }
    public required long PrefixEvictions { get; init; }

    public required long FinishedByStop { get; init; }
    public required long FinishedByLength { get; init; }
    public required long Cancelled { get; init; }
    public required long Failed { get; init; }

    /// <summary>Calls of the model, each over all sequences of its step.</summary>
    public required long Steps { get; init; }

    /// <summary>Sequences summed over the steps; divided by <see cref="Steps"/>, how full the batches are.</summary>
    public required long StepSequences { get; init; }

    public required long AdapterSwitches { get; init; }

    /// <summary>Seconds that the model spent on steps with and without prompt tokens.</summary>
    public required double PromptSeconds { get; init; }
    public required double GenerationSeconds { get; init; }

    /// <summary>Seconds that admitted requests had waited for a slot.</summary>
    public required double QueueSeconds { get; init; }

    public required int Running { get; init; }
    public required int Waiting { get; init; }
    public required int Slots { get; init; }

    /// <summary>KV cells held by running requests, by the prefix cache alone, and in all.</summary>
    public required int KvRunning { get; init; }
    public required int KvCached { get; init; }
    public required int KvTotal { get; init; }
}
