using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Tutor.Web.Lti;

/// <summary>A launch that a platform began and whose token is still to come.</summary>
/// <param name="Platform">Name of the platform in the settings.</param>
/// <param name="Target">Local address to open afterwards.</param>
public sealed record PendingLaunch(string Nonce, string Platform, string Target);

/// <summary>Seals a launch into the state that travels to the platform and back: anybody may begin one, so nothing is stored for it.</summary>
public sealed class LaunchState(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Tutor.Lti.LaunchState").ToTimeLimitedDataProtector();

    public string Seal(PendingLaunch launch) => protector.Protect(JsonSerializer.Serialize(launch), Validity);

    /// <returns>Null where it is too old or not this portal's.</returns>
    public PendingLaunch? Open(string state)
    {
        try
        {
            return JsonSerializer.Deserialize<PendingLaunch>(protector.Unprotect(state));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
