using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Tutor.Web.Api;

/// <summary>Signs in a caller of the machine API by the token from their profile page: <c>Authorization: Bearer tutor_…</c>.</summary>
public sealed class ApiTokenHandler(
    TokenAccess access, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiToken";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenAccess.SecretOf(Request) is not { } secret)
            return AuthenticateResult.NoResult();
        if (await access.FindAsync(secret, Context.RequestAborted) is not { } person)
            return AuthenticateResult.Fail("The token is unknown, was revoked or is at its end.");
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, person.Id), new(ClaimTypes.Name, person.Name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        await TypedResults.Problem(
            "Send \"Authorization: Bearer <token>\" with a token from your profile page.",
            statusCode: StatusCodes.Status401Unauthorized, title: "No valid token").ExecuteAsync(Context);
    }
}
