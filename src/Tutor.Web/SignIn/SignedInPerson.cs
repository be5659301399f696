using System.Security.Claims;
using Tutor.Data.People;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.Web.SignIn;

/// <summary>The claims Tutor keeps about a person: who they are and by which sign-in, and nothing they may do. Roles are per course and live in SQL.</summary>
public static class SignedInPerson
{
    /// <param name="session">The secret of the session; without one the person holds for this request alone.</param>
    public static ClaimsPrincipal Principal(string personId, string name, string scheme, string? session = null)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, personId), new(ClaimTypes.Name, name)], scheme);
        if (session is not null) identity.AddClaim(new(SignInSessions.Claim, session));
        return new(identity);
    }

    /// <summary>Null for someone who is not signed in.</summary>
    public static Viewer? ToViewer(this ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && user.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id ? new Viewer(id) : null;
}
