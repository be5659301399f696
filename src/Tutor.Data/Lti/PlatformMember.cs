namespace Tutor.Data.Lti;

/// <summary>Somebody on a platform's list of names and roles.</summary>
/// <param name="Name">Null where the platform does not say.</param>
/// <param name="Role">One of <see cref="Core.People.Role"/>.</param>
public sealed record PlatformMember(string Subject, string? Name, string? Email, string Role);

/// <summary>What taking over a platform's list did.</summary>
public sealed record PlatformRosterResult(int Added, int Changed, int Removed);
