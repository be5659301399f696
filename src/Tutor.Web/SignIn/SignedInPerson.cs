using System.Security.Claims;
using Tutor.Data.People;

namespace Tutor.Web.SignIn;

/// <summary>The claims Tutor keeps about a person: who they are, and nothing they may do. Roles are per course and live in SQL.</summary>
public static class SignedInPerson
{
    public static ClaimsPrincipal Principal(string personId, string name, string scheme) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, personId), new(ClaimTypes.Name, name)], scheme));

    /// <summary>Null for someone who is not signed in.</summary>
    public static Viewer? ToViewer(this ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && user.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id ? new Viewer(id) : null;
}
