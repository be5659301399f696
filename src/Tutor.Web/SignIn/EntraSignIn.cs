using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tutor.Data.People;

namespace Tutor.Web.SignIn;

/// <summary>Entra ID through Microsoft.Identity.Web.</summary>
public static class EntraSignIn
{
    private const string Section = "AzureAd";

    public static bool IsConfigured(IConfiguration configuration) =>
        configuration[$"{Section}:TenantId"] is { Length: > 0 } && configuration[$"{Section}:ClientId"] is { Length: > 0 };

    public static void AddEntraSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(OpenIdConnectDefaults.AuthenticationScheme)
            .AddMicrosoftIdentityWebApp(builder.Configuration.GetSection(Section));
        builder.Services.PostConfigure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, options =>
        {
            var validated = options.Events.OnTokenValidated;
            options.Events.OnTokenValidated = async context =>
            {
                await validated(context);
                await AdmitAsync(context, builder.Configuration[$"{Section}:TenantId"]!);
            };
        });
        // A page that asks for a person sends them here; the challenge itself is the endpoint below.
        builder.Services.Configure<AuthenticationOptions>(options => options.DefaultChallengeScheme = CookieAuthenticationDefaults.AuthenticationScheme);
        builder.Services.AddSingleton(new SignInDoor("/sign-in/entra", null));
    }

    public static void MapEntraSignIn(this IEndpointRouteBuilder app) =>
        app.MapGet("/sign-in/entra", (string? returnUrl) => Results.Challenge(
            new AuthenticationProperties { RedirectUri = LocalAddress.Or(returnUrl, "/") },
            [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous();

    // The library's own checks let a token without a signature and a token of another tenant pass when its validators are
    // relaxed by configuration, so these three are made here and cannot be configured away.
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

        var people = context.HttpContext.RequestServices.GetRequiredService<PersonStore>();
        var person = new Person
        {
            // Never the address: addresses are reassigned, (tenant, object) is not.
            Id = $"entra-{tid}-{oid}".ToLowerInvariant(),
            Name = principal.GetDisplayName() is { Length: > 0 } name ? principal.FindFirst("name")?.Value ?? name : "Unnamed person",
            Email = principal.FindFirst("email")?.Value ?? principal.FindFirst("preferred_username")?.Value,
        };
        await people.UpsertAsync(person, context.HttpContext.RequestAborted);
        context.Principal = SignedInPerson.Principal(person.Id, person.Name, CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
