using Tutor.Data.ModelHosts;

namespace Tutor.Runtime.ModelHosts;

/// <summary>One host, summed over the nodes.</summary>
public sealed record PooledHost
{
    public required string Name { get; init; }
    public string Model { get; init; } = "";

    /// <summary>Nodes that reach it, of <see cref="SeenBy"/>.</summary>
    public int ReachedBy { get; init; }
    public int SeenBy { get; init; }

    /// <summary>Who took it out and when; null while it is in.</summary>
    public HostOut? Out { get; init; }
    public int Running { get; init; }
    public int Slots { get; init; }
    public int Waiting { get; init; }
    public double TokensPerSecond { get; init; }
    public long Answers { get; init; }
    public long Failures { get; init; }

    /// <summary>Part of the prompts' tokens that came from the prefix cache; null while no prompt was read.</summary>
    public double? PrefixHits { get; init; }

    /// <summary>Why it is not asked, or what went wrong with its last answer; null while all is well.</summary>
    public string? LastError { get; init; }

    /// <summary>What is done differently for it, in sentences.</summary>
    public IReadOnlyList<string> Habits { get; init; } = [];
}
