using Tutor.Data.People;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.Web.Api;

/// <summary>Whom a request of the machine API stands for.</summary>
public sealed class TokenAccess(ApiTokenStore tokens, DirectoryCheck directory)
{
    private const string Bearer = "Bearer ";

    /// <summary>The token in a request; null where it brings none.</summary>
    public static string? SecretOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    /// <summary>The person of a token that works now; null for any other.</summary>
    public async Task<Person?> FindAsync(string secret, CancellationToken cancel) =>
        await tokens.FindPersonAsync(secret, cancel) is { } person && await directory.VouchesAsync(person.Id, cancel) ? person : null;
}
