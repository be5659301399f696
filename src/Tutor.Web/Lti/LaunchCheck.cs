using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tutor.Core.People;

namespace Tutor.Web.Lti;

/// <summary>Checks the token of a launch as the 1EdTech Security Framework 1.0 and LTI Core 1.3 ask for, and what guards against forged ones.</summary>
public sealed class LaunchCheck(PlatformKeys keys, TimeProvider time)
{
    // A launch takes seconds. Older tokens were kept by somebody.
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan skew = TimeSpan.FromMinutes(1);

    // Seconds to the last day of year 9999, the end of what a time can be here.
    private const double LastSecond = 253_402_300_799;
    private static readonly string[] times = ["iat", "exp", "nbf"];
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
        Demand(subject is { Length: > 0 and <= 255 } && !subject.Any(char.IsControl), LaunchRefusal.Anonymous, "The launch names nobody.");
        var context = Text(payload, LtiClaims.Context, "id");
        Demand(context is { Length: > 0 }, LaunchRefusal.Course, "The launch comes from no course.");
        return new LtiLaunch
        {
            Subject = $"{platform.Provider} {subject}", Name = ClaimedName.Of(claim => Text(payload, claim)), Email = Text(payload, "email"), Login = LoginOf(payload, platform),
            ContextId = context!, Roles = roles!, Target = target!,
            Memberships = Uri.TryCreate(Text(payload, LtiClaims.NamesAndRoles, "context_memberships_url"), UriKind.Absolute, out var list) ? list : null,
        };
    }

    private async Task<JsonElement> VerifyAsync(string token, LtiPlatform platform, CancellationToken cancel)
    {
        var (jwt, id) = Open(token);
        var key = await keys.FindAsync(platform, id, cancel);
        Demand(key is not null, LaunchRefusal.Token, "The platform has no key of that name.");
        var result = await handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = platform.Issuer, ValidAudience = platform.ClientId, IssuerSigningKey = key, ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireSignedTokens = true, TryAllIssuerSigningKeys = false,
            // Times are looked at below: the library drops their fractions, and takes text for a number.
            ValidateLifetime = false,
        });
        Demand(result.IsValid, LaunchRefusal.Token, result.Exception?.GetType().Name ?? "The token is not valid.");
        // The library's own readers fail on claims that are text in one platform and an object in another.
        using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload));
        Demand(document.RootElement.ValueKind == JsonValueKind.Object, LaunchRefusal.Token, "The token holds no claims.");
        return document.RootElement.Clone();
    }

    /// <returns>The token, and the id of the key it names. Nothing in it is proven yet.</returns>
    private static (JsonWebToken Token, string KeyId) Open(string token)
    {
        JsonWebToken jwt;
        string? algorithm, id;
        try
        {
            jwt = new JsonWebToken(token);
            // Read on demand, and so only here found to be something else than text.
            (algorithm, id) = (jwt.Alg, jwt.Kid);
        }
        catch (Exception error) when (error is ArgumentException or JsonException or FormatException or InvalidOperationException or SecurityTokenException)
        {
            throw new LaunchRefusedException(LaunchRefusal.Token, $"The token is malformed{(OddTime(token) is { } claim ? $": its claim {claim} is no number of seconds" : "")}.");
        }
        // Before any key is looked for: an attacker chooses the header.
        Demand(algorithm == SecurityAlgorithms.RsaSha256 && jwt.EncodedSignature is { Length: > 0 }, LaunchRefusal.Token, "The token is not signed with RS256.");
        Demand(id is { Length: > 0 }, LaunchRefusal.Token, "The token names no key.");
        return (jwt, id!);
    }

    private void CheckTimes(JsonElement payload)
    {
        var now = time.GetUtcNow();
        var issued = Moment(payload, "iat");
        Demand(issued is not null, LaunchRefusal.Token, "The token does not say when it was made (iat).");
        Demand(issued > now - longest - skew, LaunchRefusal.Token, "The token is too old.");
        Demand(issued < now + skew, LaunchRefusal.Token, "The token was made in the future.");
        Demand(Moment(payload, "exp") is { } expires && expires > now - skew, LaunchRefusal.Token, "The token has expired, or does not say when it does (exp).");
        Demand(!(Moment(payload, "nbf") > now + skew), LaunchRefusal.Token, "The token is not valid yet (nbf).");
    }

    /// <returns>Null where the claim is missing.</returns>
    /// <exception cref="LaunchRefusedException">It is no time: RFC 7519 (2) asks for a number of seconds, which may have a fraction.</exception>
    private static DateTimeOffset? Moment(JsonElement payload, string claim)
    {
        if (!payload.TryGetProperty(claim, out var value)) return null;
        var seconds = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
        Demand(seconds is >= 0 and <= LastSecond, LaunchRefusal.Token, $"The claim {claim} is no time: it must be a number of seconds since 1970.");
        return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
    }

    // The library does not say at what it failed, and a time written as text is what platforms get wrong.
    private static string? OddTime(string token)
    {
        try
        {
            using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.Split('.')[1]));
            return times.FirstOrDefault(claim => payload.RootElement.TryGetProperty(claim, out var value) && !(value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble())));
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    // With several audiences the token says for whom it was made (OpenID Connect Core 3.1.3.7).
    private static void CheckAudience(JsonElement payload, LtiPlatform platform)
    {
        var several = payload.TryGetProperty("aud", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 1;
        var made = Text(payload, "azp");
        Demand(made == platform.ClientId || (made is null && !several), LaunchRefusal.Token, "The token was made for another tool.");
    }

    private static string[]? Roles(JsonElement payload) =>
        payload.TryGetProperty(LtiClaims.Roles, out var roles) && roles.ValueKind == JsonValueKind.Array
            ? [.. roles.EnumerateArray().Select(LtiJson.Text).OfType<string>()]
            : null;

    private static string? LoginOf(JsonElement payload, LtiPlatform platform) =>
        platform.LoginClaim.StartsWith("custom:", StringComparison.Ordinal) ? Text(payload, LtiClaims.Custom, platform.LoginClaim["custom:".Length..])
        : platform.LoginClaim.Length > 0 ? Text(payload, platform.LoginClaim)
        : null;

    private static string? Text(JsonElement payload, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(name, out payload))
                return null;
        return LtiJson.Text(payload);
    }

    private static void Demand(bool holds, LaunchRefusal refusal, string detail)
    {
        if (!holds)
            throw new LaunchRefusedException(refusal, detail);
    }
}
