using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;
using Tutor.Data.Lti;

namespace Tutor.Web.Lti;

/// <summary>The keys by which platforms know this portal. A new one each half year; old ones stay published while a platform may still ask for them.</summary>
public sealed class ToolKeys(LaunchStore store, IDataProtectionProvider protection, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan used = TimeSpan.FromDays(180);
    private static readonly TimeSpan published = TimeSpan.FromDays(365);
    // Another node may make a key; platforms that meet an unknown one read the keys again.
    private static readonly TimeSpan remembered = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim reading = new(1, 1);
    private (DateTimeOffset At, IReadOnlyList<object> Keys)? known;
    private readonly IDataProtector protector = protection.CreateProtector("Tutor.Lti.ToolKeys");

    /// <summary>The key to sign with; made when there is none.</summary>
    public async Task<RsaSecurityKey> SigningAsync(CancellationToken cancel)
    {
        if (await NewestAsync(cancel) is { } newest) return newest;
        using var rsa = RSA.Create(2048);
        await store.AddKeyAsync(Guid.NewGuid().ToString("N"), protector.Protect(rsa.ExportPkcs8PrivateKeyPem()), cancel);
        // Another node may have made one at the same moment: all take the newest.
        return (await NewestAsync(cancel))!;
    }

    /// <summary>The public parts, as platforms read them.</summary>
    public async Task<IReadOnlyList<object>> PublicAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            if (known is not { } last || time.GetUtcNow() - last.At > remembered)
                known = last = (time.GetUtcNow(), await ReadPublicAsync(cancel));
            return last.Keys;
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    private async Task<IReadOnlyList<object>> ReadPublicAsync(CancellationToken cancel)
    {
        await SigningAsync(cancel);
        return [.. (await store.KeysAsync(time.GetUtcNow() - published, cancel)).Select(Open).OfType<RsaSecurityKey>().Select(opened =>
        {
            var key = opened.Rsa.ExportParameters(includePrivateParameters: false);
            return (object)new { kty = "RSA", use = "sig", alg = "RS256", kid = opened.KeyId, n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) };
        })];
    }

    private async Task<RsaSecurityKey?> NewestAsync(CancellationToken cancel) =>
        (await store.KeysAsync(time.GetUtcNow() - used, cancel)).Select(Open).FirstOrDefault(key => key is not null);

    // Null where the portal's own keys are others now, as after a restored backup: a new one is made, and platforms read it at the same address.
    private RsaSecurityKey? Open(StoredKey stored)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(protector.Unprotect(stored.Secret));
        }
        catch (CryptographicException)
        {
            rsa.Dispose();
            return null;
        }
        return new RsaSecurityKey(rsa) { KeyId = stored.Id };
    }
}
