namespace Tutor.Data.ModelHosts;

/// <summary>A model host that an operator took out of the pool.</summary>
public sealed record HostOut
{
    public required string Host { get; init; }

    /// <summary>The operator's name.</summary>
    public required string By { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long Since { get; init; }
}
