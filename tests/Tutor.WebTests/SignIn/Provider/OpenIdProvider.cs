using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Tutor.WebTests.SignIn.Provider;

/// <summary>A real OpenID provider that looks as Entra ID does to the portal, and knows one visitor who never needs to type a password.</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Tenant = "8f7e6d5c-1111-4222-8333-444455556666";
    public const string Client = "0a1b2c3d-1111-4222-8333-777788889999";
    public const string Secret = "not a secret, a test";
    private readonly WebApplication app;
    private int refreshes;

    private OpenIdProvider(TestAuthority authority)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(authority.Certificate)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddOpenIddict().AddServer(Configure);
        app = builder.Build();
        app.UseAuthentication();
        // The server answers its endpoints inside the authentication above; nothing else is here.
    }

    public RSA Key { get; } = RSA.Create(2048);

    public string KeyId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Claims of whoever signs in next, beside tenant and sign-in name.</summary>
    public Visitor Visitor { get; set; } = new("11111111-aaaa-4bbb-8ccc-000000000001", "Vera Visitor", "vera@uni.example.edu");

    /// <summary>What the directory knows now of people who came before, by object id: null of those it has disabled.</summary>
    public ConcurrentDictionary<string, Visitor?> Changed { get; } = [];

    /// <summary>How often the portal has asked for somebody again.</summary>
    public int Refreshes => refreshes;

    /// <summary>Whether the provider answers such questions at all.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>What happens to the next identity tokens on their way out.</summary>
    public Func<string, string> Forge { get; set; } = token => token;

    public Uri Address { get; private set; } = new("https://localhost");

    public static async Task<OpenIdProvider> StartAsync(TestAuthority authority, CancellationToken cancel)
    {
        var provider = new OpenIdProvider(authority);
        await provider.app.StartAsync(cancel);
        provider.Address = new Uri($"https://localhost:{new Uri(provider.app.Urls.First()).Port}/");
        // Known only now that the port is.
        provider.app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue.Issuer = new Uri(provider.Address, $"{Tenant}/v2.0");
        return provider;
    }

    public Dictionary<string, string> PortalSettings() => new()
    {
        ["AzureAd:Instance"] = Address.ToString(), ["AzureAd:TenantId"] = Tenant, ["AzureAd:ClientId"] = Client, ["AzureAd:ClientSecret"] = Secret,
    };

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Key.Dispose();
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        // Without a database: the one client and the one visitor are in this class.
        server.EnableDegradedMode().AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
        server.SetAuthorizationEndpointUris($"{Tenant}/v2.0/authorize").SetTokenEndpointUris($"{Tenant}/v2.0/token")
            .SetConfigurationEndpointUris($"{Tenant}/v2.0/.well-known/openid-configuration").SetJsonWebKeySetEndpointUris($"{Tenant}/v2.0/keys");
        server.RegisterScopes(Scopes.Profile, Scopes.Email, Scopes.OfflineAccess);
        server.AddEphemeralEncryptionKey().AddSigningKey(new RsaSecurityKey(Key) { KeyId = KeyId });
        server.UseAspNetCore();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != Client) context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Principal = Visitor.ToPrincipal().SetScopes(context.Request.GetScopes());
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != Client || context.ClientSecret != Secret) context.Reject(Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (!context.Request.IsRefreshTokenGrantType()) return default;
            Interlocked.Increment(ref refreshes);
            if (!Answers) context.Reject(Errors.TemporarilyUnavailable);
            else if (Changed.TryGetValue(context.Principal!.GetClaim("oid")!, out var now))
            {
                if (now is null) context.Reject(Errors.InvalidGrant);
                else context.Principal = now.ToPrincipal().SetScopes(context.Principal!.GetScopes());
            }
            return default;
        }));
        server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
        {
            if (context.Response.IdToken is { } token) context.Response.IdToken = Forge(token);
            return default;
        }));
    }
}

/// <summary>Someone the provider knows.</summary>
public sealed record Visitor(string ObjectId, string Name, string Login, params string[] Roles)
{
    internal ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, $"sub-{ObjectId}").SetClaim("tid", OpenIdProvider.Tenant).SetClaim("oid", ObjectId)
            .SetClaim(Claims.Name, Name).SetClaim(Claims.PreferredUsername, Login);
        foreach (var role in Roles)
            identity.AddClaim(new Claim("roles", role));
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}
