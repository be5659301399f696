using Orleans.Concurrency;
using Tutor.Inference.Hosts;

namespace Tutor.Runtime.ModelHosts;

/// <summary>What one node says of the model hosts.</summary>
[GenerateSerializer, Immutable]
internal sealed record NodeReport([property: Id(0)] string Node, [property: Id(1)] IReadOnlyList<HostReport> Hosts);

/// <summary><see cref="ModelHostStatus"/> on its way between nodes.</summary>
[GenerateSerializer, Immutable]
internal sealed record HostReport
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required string Model { get; init; }
    [Id(2)] public bool IsUp { get; init; }
    [Id(3)] public int Running { get; init; }
    [Id(4)] public int Slots { get; init; }
    [Id(5)] public string? LastError { get; init; }
    [Id(6)] public int Waiting { get; init; }
    [Id(7)] public double TokensPerSecond { get; init; }
    [Id(8)] public long Answers { get; init; }
    [Id(9)] public long Failures { get; init; }
    [Id(10)] public long InputTokens { get; init; }
    [Id(11)] public long CachedTokens { get; init; }
    [Id(12)] public IReadOnlyList<string> Habits { get; init; } = [];

    public static HostReport Of(ModelHostStatus host) => new()
    {
        Name = host.Name, Model = host.Model, IsUp = host.IsUp, Running = host.Running, Slots = host.Slots, LastError = host.LastError,
        Waiting = host.Waiting, TokensPerSecond = host.TokensPerSecond, Answers = host.Answers, Failures = host.Failures,
        InputTokens = host.InputTokens, CachedTokens = host.CachedTokens, Habits = host.Habits,
    };
}
