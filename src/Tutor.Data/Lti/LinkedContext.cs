namespace Tutor.Data.Lti;

/// <summary>A platform's course, and where its names and roles are read.</summary>
public sealed record LinkedContext(string Platform, string ContextId, string MembershipsUrl);

/// <summary>A key of this portal, its private part encrypted.</summary>
public sealed record StoredKey(string Id, string Secret, long CreatedAt);
