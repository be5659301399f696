namespace Tutor.Data.Privacy;

/// <summary>Somebody whom staff look up by name.</summary>
public sealed record FoundPerson
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
}
