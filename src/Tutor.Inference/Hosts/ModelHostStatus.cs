namespace Tutor.Inference.Hosts;

/// <summary>A model host as it is now, as this process sees it.</summary>
/// <param name="Running">Answers being written, of <paramref name="Slots"/>.</param>
/// <param name="LastError">Why it is not asked, or what went wrong with its last answer; null while all is well.</param>
public sealed record ModelHostStatus(string Name, string Model, bool IsUp, int Running, int Slots, string? LastError)
{
    /// <summary>An operator has taken it out: it finishes what it writes and gets nothing more.</summary>
    public bool IsOut { get; init; }

    /// <summary>Answers that wait for a slot of this host.</summary>
    public int Waiting { get; init; }

    public double TokensPerSecond { get; init; }

    /// <summary>Answers it wrote to the end since this process started.</summary>
    public long Answers { get; init; }

    /// <summary>Answers it refused, broke off or fell silent in.</summary>
    public long Failures { get; init; }

    /// <summary>Tokens of all prompts it reported.</summary>
    public long InputTokens { get; init; }

    /// <summary>How many of them it had in its prefix cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>None of its last answers was good, though it is there.</summary>
    public bool FailsEach { get; init; }

    /// <summary>What is done differently for this host, in sentences.</summary>
    public IReadOnlyList<string> Habits { get; init; } = [];
}
