namespace Tutor.Data.ModelHosts;

/// <summary>An operator took a model host out of the pool or put it back.</summary>
public sealed record HostSwitch
{
    public required string Host { get; init; }

    /// <summary>The operator's name.</summary>
    public required string By { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long At { get; init; }

    /// <summary>"taken out" or "put back".</summary>
    public string What { get; init; } = "";
}
