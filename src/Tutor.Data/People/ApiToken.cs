namespace Tutor.Data.People;

/// <summary>A token as its owner sees it in the list; the secret itself is not kept.</summary>
public sealed record ApiToken
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public long CreatedAt { get; init; }
    public long? LastUsedAt { get; init; }
    public long ExpiresAt { get; init; }
}

/// <summary>A token just issued. <paramref name="Secret"/> can be shown this once.</summary>
public sealed record IssuedToken(string Id, string Secret);
