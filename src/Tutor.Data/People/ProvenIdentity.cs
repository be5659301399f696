namespace Tutor.Data.People;

/// <summary>Who a sign-in has proved somebody to be.</summary>
/// <param name="Provider">What proved it: <c>entra</c>, or <c>lti</c> and the platform.</param>
/// <param name="Subject">Never given to anybody else, and not an address: addresses are reassigned.</param>
/// <param name="Name">Null where the provider gave none; what is known then stays.</param>
/// <param name="NameIsPart">Only a given or only a family name: it stands where nothing better is known.</param>
/// <param name="Login">Their sign-in name where the provider vouches for it, else null. It finds a place that a class list keeps for them.</param>
public sealed record ProvenIdentity(string Provider, string Subject, string? Name, string? Email, string? Login, bool NameIsPart = false);

/// <summary>A place in a course that a sign-in gives.</summary>
public sealed record GrantedRole(string CourseId, string Role, string Section = "");
