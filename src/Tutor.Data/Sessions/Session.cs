namespace Tutor.Data.Sessions;

/// <summary>A sign-in as the person and operators see it; times are Unix milliseconds.</summary>
public sealed record Session
{
    public required string Id { get; init; }

    /// <summary>One of <see cref="SessionWay"/>.</summary>
    public required string Way { get; init; }

    /// <summary>Browser and system in words, as "Firefox on Windows".</summary>
    public required string Browser { get; init; }
    public long CreatedAt { get; init; }

    /// <summary>Right to about a minute.</summary>
    public long SeenAt { get; init; }
    public long EndsAt { get; init; }
}

/// <summary>How somebody came in, as stored.</summary>
public static class SessionWay
{
    public const string Entra = "entra";
    public const string Lti = "lti";
    public const string Development = "development";
}

/// <summary>Why a session ended, as stored.</summary>
public static class SessionEnd
{
    public const string SignOut = "signed out";
    public const string Revoked = "revoked";
    public const string RoleLost = "role lost";
    public const string Suspended = "suspended";
    public const string Directory = "directory";
}
