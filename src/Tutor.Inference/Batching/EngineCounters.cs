namespace Tutor.Inference.Batching;

/// <summary>What the loop counts. Only its thread writes; others read single values.</summary>
internal sealed class EngineCounters
{
    public long PromptTokens;
    public long CachedPromptTokens;
    public long DecodedPromptTokens;
    public long GeneratedTokens;
    public long PrefixLookups;
    public long PrefixHits;
    public long Stopped;
    public long Length;
    public long Cancelled;
    public long Failed;
    public long Steps;
    public long StepSequences;
    public long PromptTicks;
    public long GenerationTicks;
    public long QueueTicks;
    public int Running;
    public int Waiting;
}
