using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tutor.Web.Lti;

/// <summary>Checks the token of a launch as the 1EdTech Security Framework 1.0 and LTI Core 1.3 ask for, and what guards against forged ones.</summary>
public sealed class LaunchCheck(PlatformKeys keys, TimeProvider time)
{
    // A launch takes seconds. Older tokens were kept by somebody.
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan skew = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <exception cref="LaunchRefusedException">The token does not hold.</exception>
    public async Task<LtiLaunch> ReadAsync(string token, LtiPlatform platform, string nonce, CancellationToken cancel)
    {
        var payload = await VerifyAsync(token, platform, cancel);
        CheckTimes(payload);
        CheckAudience(payload, platform);
        Demand(Text(payload, "nonce") == nonce, LaunchRefusal.Token, "The nonce is not the one of this launch.");
        Demand(Text(payload, LtiClaims.Version) == "1.3.0", LaunchRefusal.Message, "The version is not 1.3.0.");
        Demand(Text(payload, LtiClaims.MessageType) == "LtiResourceLinkRequest", LaunchRefusal.Message, "The message is no resource link request.");
        Demand(Text(payload, LtiClaims.DeploymentId) is { } deployment && platform.Deployments.Contains(deployment), LaunchRefusal.Deployment, "The deployment is not registered.");
        Demand(Text(payload, LtiClaims.ResourceLink, "id") is { Length: > 0 }, LaunchRefusal.Message, "The resource link has no id.");
        Demand(Uri.TryCreate(Text(payload, LtiClaims.TargetLink), UriKind.Absolute, out var target), LaunchRefusal.Message, "The target is no address.");
        var roles = Roles(payload);
        Demand(roles is not null, LaunchRefusal.Message, "The roles are missing.");
        var subject = Text(payload, "sub");
        Demand(subject is { Length: > 0 and <= 255 }, LaunchRefusal.Anonymous, "The launch names nobody.");
        var context = Text(payload, LtiClaims.Context, "id");
        Demand(context is { Length: > 0 }, LaunchRefusal.Course, "The launch comes from no course.");
        return new LtiLaunch
        {
            Subject = $"{platform.Provider} {subject}", Name = NameOf(payload), Email = Text(payload, "email"), Login = LoginOf(payload, platform),
            ContextId = context!, Roles = roles!, Target = target!,
            Memberships = Uri.TryCreate(Text(payload, LtiClaims.NamesAndRoles, "context_memberships_url"), UriKind.Absolute, out var list) ? list : null,
        };
    }

    private async Task<JsonElement> VerifyAsync(string token, LtiPlatform platform, CancellationToken cancel)
    {
        JsonWebToken jwt;
        try
        {
            jwt = new JsonWebToken(token);
        }
        catch (ArgumentException)
        {
            throw new LaunchRefusedException(LaunchRefusal.Token, "The token is malformed.");
        }
        // Before any key is looked for: an attacker chooses the header.
        Demand(jwt is { Alg: SecurityAlgorithms.RsaSha256, EncodedSignature.Length: > 0 }, LaunchRefusal.Token, "The token is not signed with RS256.");
        Demand(jwt.Kid is { Length: > 0 }, LaunchRefusal.Token, "The token names no key.");
        var key = await keys.FindAsync(platform, jwt.Kid, cancel);
        Demand(key is not null, LaunchRefusal.Token, "The platform has no key of that name.");
        var result = await handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = platform.Issuer, ValidAudience = platform.ClientId, IssuerSigningKey = key, ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireExpirationTime = true, RequireSignedTokens = true, TryAllIssuerSigningKeys = false, ClockSkew = skew,
        });
        Demand(result.IsValid, LaunchRefusal.Token, result.Exception?.GetType().Name ?? "The token is not valid.");
        // The library's own readers fail on claims that are text in one platform and an object in another.
        using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload));
        return document.RootElement.Clone();
    }

    private void CheckTimes(JsonElement payload)
    {
        var issued = payload.TryGetProperty("iat", out var iat) && iat.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : (DateTimeOffset?)null;
        var now = time.GetUtcNow();
        Demand(issued > now - longest - skew, LaunchRefusal.Token, "The token is too old, or does not say when it was made.");
        Demand(issued < now + skew, LaunchRefusal.Token, "The token was made in the future.");
    }

    // With several audiences the token says for whom it was made (OpenID Connect Core 3.1.3.7).
    private static void CheckAudience(JsonElement payload, LtiPlatform platform)
    {
        var several = payload.GetProperty("aud") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 1;
        var made = Text(payload, "azp");
        Demand(made == platform.ClientId || (made is null && !several), LaunchRefusal.Token, "The token was made for another tool.");
    }

    private static string[]? Roles(JsonElement payload) =>
        payload.TryGetProperty(LtiClaims.Roles, out var roles) && roles.ValueKind == JsonValueKind.Array
            ? [.. roles.EnumerateArray().Where(role => role.ValueKind == JsonValueKind.String).Select(role => role.GetString()!)]
            : null;

    private static string NameOf(JsonElement payload) =>
        Text(payload, "name") is { Length: > 0 } name ? name
        : $"{Text(payload, "given_name")} {Text(payload, "family_name")}".Trim() is { Length: > 0 } parts ? parts
        : "Unnamed person";

    private static string? LoginOf(JsonElement payload, LtiPlatform platform) =>
        platform.LoginClaim.StartsWith("custom:", StringComparison.Ordinal) ? Text(payload, LtiClaims.Custom, platform.LoginClaim["custom:".Length..])
        : platform.LoginClaim.Length > 0 ? Text(payload, platform.LoginClaim)
        : null;

    private static string? Text(JsonElement payload, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(name, out payload))
                return null;
        return payload.ValueKind == JsonValueKind.String ? payload.GetString() : null;
    }

    private static void Demand(bool holds, LaunchRefusal refusal, string detail)
    {
        if (!holds)
            throw new LaunchRefusedException(refusal, detail);
    }
}
