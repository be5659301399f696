namespace Tutor.SimulatedHost;

/// <summary>How fast the simulated engine is. The defaults are those of a small model on one GPU, from the figures engines publish.</summary>
internal sealed record SimulatedTiming
{
    /// <summary>Answers written at once; more wait.</summary>
    public int Slots { get; init; } = 16;

    /// <summary>Tokens of an answer.</summary>
    public int Tokens { get; init; } = 150;

    /// <summary>Milliseconds before the first token apart from reading the prompt.</summary>
    public double FirstToken { get; init; } = 40;

    /// <summary>Prompt tokens read in a second, those in the prefix cache not counted.</summary>
    public double PrefillPerSecond { get; init; } = 4000;

    /// <summary>Milliseconds between two tokens of an answer that is written alone.</summary>
    public double PerToken { get; init; } = 12;

    /// <summary>What each further answer at work adds to that.</summary>
    public double PerTokenAndAnswer { get; init; } = 0.6;

    /// <summary>Prompts whose beginning is kept.</summary>
    public int CachedPrefixes { get; init; } = 6;

    public TimeSpan Prefill(int tokens) => TimeSpan.FromMilliseconds(FirstToken + 1000 * tokens / PrefillPerSecond);

    public TimeSpan Next(int atWork) => TimeSpan.FromMilliseconds(PerToken + PerTokenAndAnswer * Math.Max(0, atWork - 1));
}
