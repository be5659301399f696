using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Tutor.Core.People;
using Tutor.Data.People;
using Tutor.Data.Sessions;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.Web.SignIn;

/// <summary>Entra ID through Microsoft.Identity.Web, by the authorization code flow with PKCE.</summary>
public static class EntraSignIn
{
    private const string Section = "AzureAd";

    public static bool IsConfigured(IConfiguration configuration) =>
        configuration[$"{Section}:TenantId"] is { Length: > 0 } && configuration[$"{Section}:ClientId"] is { Length: > 0 };

    public static void AddEntraSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CourseRoleOptions>().Bind(builder.Configuration.GetSection(CourseRoleOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAuthentication(OpenIdConnectDefaults.AuthenticationScheme)
            .AddMicrosoftIdentityWebApp(builder.Configuration.GetSection(Section));
        builder.Services.PostConfigure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, options =>
        {
            // The token comes from the directory itself and never passes through the browser.
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.UsePkce = true;
            // A refresh token, to ask the directory later whether it still vouches for the person.
            options.Scope.Add(OpenIdConnectScope.OfflineAccess);
            options.Events.OnRemoteFailure = RefusedSignIn.ShowAsync;
            var validated = options.Events.OnTokenValidated;
            options.Events.OnTokenValidated = async context =>
            {
                await validated(context);
                if (context.Result is null)
                    await AdmitAsync(context, builder.Configuration[$"{Section}:TenantId"]!);
            };
        });
        // A page that asks for a person sends them here; the challenge itself is the endpoint below.
        builder.Services.Configure<AuthenticationOptions>(options =>
        {
            options.DefaultChallengeScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            // Else the directory's handler reads the cookie, and does not know people whom a learning platform let in.
            options.DefaultAuthenticateScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        });
        builder.Services.AddSingleton(new SignInDoor("/sign-in/entra", null));
    }

    public static void MapEntraSignIn(this IEndpointRouteBuilder app) =>
        app.MapGet("/sign-in/entra", (string? returnUrl) => Results.Challenge(
            new AuthenticationProperties { RedirectUri = LocalAddress.Or(returnUrl, "/") },
            [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous();

    // The library takes a token without a signature, since it came over TLS, and one that names another tenant in the claim
    // that tells people apart. So these three are looked at here and cannot be configured away.
    private static async Task AdmitAsync(TokenValidatedContext context, string tenantId)
    {
        var token = context.SecurityToken is { } jwt ? new JsonWebToken(jwt.RawData) : null;
        if (token is not { Alg: SecurityAlgorithms.RsaSha256, EncodedSignature.Length: > 0 })
        {
            context.Fail("The identity token is not signed with RS256.");
            return;
        }
        var principal = context.Principal!;
        var (tid, oid) = (principal.GetTenantId(), principal.GetObjectId());
        if (!string.Equals(tid, tenantId, StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(oid))
        {
            context.Fail("The identity token is not for a person of this organisation.");
            return;
        }

        var services = context.HttpContext.RequestServices;
        var identities = services.GetRequiredService<IdentityStore>();
        var cancel = context.HttpContext.RequestAborted;
        // Never the address a person can change themselves (email): the directory alone gives sign-in names.
        var login = principal.FindFirst("preferred_username")?.Value;
        var claims = ClaimedName.Of(claim => principal.FindFirst(claim)?.Value);
        // An account without a name shows its sign-in name, until something knows better.
        var name = claims.Name is null ? new ClaimedName(login, IsPart: true) : claims;
        var email = SignInName.Address(principal.FindFirst("email")?.Value) ?? login;
        var person = await identities.AdmitAsync(
            new ProvenIdentity(MembershipSource.Entra, SubjectOf(tid, oid), name.Name, email, login, name.IsPart), cancel);
        var rules = services.GetRequiredService<IOptions<CourseRoleOptions>>().Value;
        await identities.GrantAsync(person.Id, MembershipSource.Entra, EntraRoles.Granted(token, rules), EntraRoles.Complete(token, rules), cancel);
        await services.GetRequiredService<DirectoryCheck>().KeepAsync(person.Id, SubjectOf(tid, oid), context.TokenEndpointResponse?.RefreshToken, cancel);
        if (await services.GetRequiredService<SignInSessions>().BeginAsync(context.HttpContext, person.Id, person.Name, SessionWay.Entra) is { } signedIn)
            context.Principal = signedIn;
        else
        {
            context.Response.Redirect($"{context.Request.PathBase}{RefusedSignIn.SuspendedAddress}");
            context.HandleResponse();
        }
    }

    internal static string SubjectOf(string? tenant, string? objectId) => $"entra-{tenant}-{objectId}".ToLowerInvariant();
}
