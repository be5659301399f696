using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Tutor.Core.People;
using Tutor.Data.People;
using Tutor.Data.Sessions;

namespace Tutor.Web.SignIn.Sessions;

/// <summary>Asks Entra ID, while somebody is here, whether it still vouches for them: by the refresh token of their last sign-in.</summary>
/// <remarks>
/// Entra refuses a refresh token of an account that is disabled or deleted, whose sessions were revoked or whose password was changed, and tells roles
/// and groups anew. A directory that does not answer decides nothing: a class must not end because it is away for a while.
/// </remarks>
public sealed partial class DirectoryCheck(
    DirectoryGrants grants, IdentityStore identities, IDataProtectionProvider protection, IOptionsMonitor<OpenIdConnectOptions> oidc,
    IOptions<CourseRoleOptions> rules, IOptions<SignInSessionOptions> options, IConfiguration configuration, TimeProvider time, ILogger<DirectoryCheck> logger)
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);
    private readonly IDataProtector protector = protection.CreateProtector("Tutor.SignIn.DirectoryGrant");
    private readonly bool on = EntraSignIn.IsConfigured(configuration);

    /// <summary>Notes that the directory has just let somebody in.</summary>
    /// <param name="refreshToken">Null where it gave none: then it is asked at sign-in alone.</param>
    public Task KeepAsync(string personId, string subject, string? refreshToken, CancellationToken cancel) =>
        grants.KeepAsync(personId, subject, string.IsNullOrEmpty(refreshToken) ? null : protector.Protect(refreshToken), cancel);

    /// <summary>Whether the directory vouches for a person, as of some seconds ago; true for people it never let in.</summary>
    public async Task<bool> VouchesAsync(string personId, CancellationToken cancel)
    {
        if (!on || options.Value.DirectorySeconds == 0 || await grants.FindAsync(personId, cancel) is not { } grant) return true;
        if (grant.RefusedAt is not null) return false;
        var due = grant.CheckedAt + options.Value.DirectorySeconds * 1000L <= time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!due || !await grants.ClaimAsync(personId, grant, cancel)) return true;
        try
        {
            return await AskAsync(personId, grant, cancel);
        }
        catch (Exception error) when (error is HttpRequestException or ArgumentException or InvalidOperationException or SecurityTokenException or CryptographicException
            || error is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            LogUnanswered(error.GetType().Name);
            return true;
        }
    }

    private async Task<bool> AskAsync(string personId, DirectoryGrant grant, CancellationToken cancel)
    {
        using var hurry = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        hurry.CancelAfter(patience);
        var client = oidc.Get(OpenIdConnectDefaults.AuthenticationScheme);
        var directory = await client.ConfigurationManager!.GetConfigurationAsync(hurry.Token);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["refresh_token"] = protector.Unprotect(grant.Secret), ["client_id"] = client.ClientId!,
            ["client_secret"] = client.ClientSecret ?? "", ["scope"] = string.Join(' ', client.Scope),
        });
        using var response = await client.Backchannel.PostAsync(new Uri(directory.TokenEndpoint), form, hurry.Token);
        var answer = new OpenIdConnectMessage(await response.Content.ReadAsStringAsync(hurry.Token));
        if (!response.IsSuccessStatusCode)
        {
            // Anything else (a client secret at its end, too many requests) is about the portal and not about the person.
            if (answer.Error is not ("invalid_grant" or "interaction_required" or "login_required"))
            {
                LogUnanswered($"{(int)response.StatusCode} {answer.Error}");
                return true;
            }
            await grants.RefuseAsync(personId, grant, cancel);
            return false;
        }
        if (!string.IsNullOrEmpty(answer.RefreshToken))
            await grants.RenewAsync(personId, grant, protector.Protect(answer.RefreshToken), cancel);
        if (!string.IsNullOrEmpty(answer.IdToken))
            await TakeRolesAsync(personId, grant, await ValidateAsync(client, directory, answer.IdToken), cancel);
        return true;
    }

    private static async Task<JsonWebToken> ValidateAsync(OpenIdConnectOptions client, OpenIdConnectConfiguration directory, string token)
    {
        var parameters = client.TokenValidationParameters.Clone();
        parameters.IssuerSigningKeys = directory.SigningKeys;
        parameters.ValidIssuers = [directory.Issuer];
        parameters.ValidAudience = client.ClientId;
        parameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, parameters);
        return result.IsValid ? (JsonWebToken)result.SecurityToken : throw new SecurityTokenException("The directory's token does not hold.", result.Exception);
    }

    // Roles and groups that were taken away in the directory end here too, without a new sign-in.
    private async Task TakeRolesAsync(string personId, DirectoryGrant grant, JsonWebToken token, CancellationToken cancel)
    {
        if (EntraSignIn.SubjectOf(token.GetPayloadValue<string>("tid"), token.GetPayloadValue<string>("oid")) != grant.Subject)
            throw new SecurityTokenException("The directory's token is somebody else's.");
        await identities.GrantAsync(personId, MembershipSource.Entra, EntraRoles.Granted(token, rules.Value), EntraRoles.Complete(token, rules.Value), cancel);
    }

    [LoggerMessage(LogLevel.Warning, "The directory did not say whether it still vouches for somebody: {Reason}")]
    private partial void LogUnanswered(string reason);
}
