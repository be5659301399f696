namespace Tutor.Data.Lti;

/// <summary>A launch that a platform began and whose token is still to come.</summary>
/// <param name="Platform">Name of the platform in the settings.</param>
/// <param name="Target">Local address to open afterwards.</param>
public sealed record PendingLaunch(string Nonce, string Platform, string Target);

/// <summary>A platform's course, and where its names and roles are read.</summary>
public sealed record LinkedContext(string Platform, string ContextId, string MembershipsUrl);

/// <summary>A key of this portal, its private part encrypted.</summary>
public sealed record StoredKey(string Id, string Secret, long CreatedAt);
