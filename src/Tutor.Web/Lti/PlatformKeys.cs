using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Tutor.Web.Lti;

/// <summary>The public keys of the platforms. A key nobody knows makes them read anew, at most once in five minutes: a forged token may name any.</summary>
public sealed class PlatformKeys(PlatformClient client, TimeProvider time)
{
    private static readonly TimeSpan pause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan kept = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, Known> known = new();

    /// <returns>Null where the platform has no such RSA key.</returns>
    /// <exception cref="HttpRequestException">The platform does not give its keys.</exception>
    public async Task<SecurityKey?> FindAsync(LtiPlatform platform, string id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(platform.Name, out var keys) && now - keys.At < kept && (keys.Find(id) is not null || now - keys.At < pause))
            return keys.Find(id);
        var read = new Known(now, Read(await client.ReadKeysAsync(platform, cancel)));
        known[platform.Name] = read;
        return read.Find(id);
    }

    private static JsonWebKeySet Read(string text)
    {
        try
        {
            return new JsonWebKeySet(text);
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            throw new HttpRequestException("The platform's key address gives something else than keys.", error);
        }
    }

    private sealed record Known(DateTimeOffset At, JsonWebKeySet Keys)
    {
        public RsaSecurityKey? Find(string id) => Keys.GetSigningKeys().OfType<RsaSecurityKey>().FirstOrDefault(key => key.KeyId == id);
    }
}
