using Tutor.Inference.Engine;

namespace Tutor.ModelHost.Chat;

/// <summary>Tokens of a request: its prompt once, its answers together.</summary>
internal sealed class UsageSum
{
    public int Prompt { get; private set; }
    public int Cached { get; private set; }
    public int Generated { get; private set; }

    public void Add(GenerationUsage usage)
    {
        // Of several answers the first to be computed paid for the prompt; the others found it cached.
        Cached = Prompt == 0 ? usage.CachedTokens : Math.Min(Cached, usage.CachedTokens);
        Prompt = usage.PromptTokens;
        Generated += usage.GeneratedTokens;
    }
}
