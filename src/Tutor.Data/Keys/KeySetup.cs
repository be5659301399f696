using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tutor.Data.Keys;

public static class KeySetup
{
    /// <summary>Keys of sign-ins and forms in the database, encrypted under a secret that is not.</summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeyOptions>().Bind(configuration.GetSection(KeyOptions.Section));
        services.AddSingleton<KeySecret>();
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("Tutor");
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing, KeySecret>((keys, ring, secret) =>
        {
            keys.XmlRepository = ring;
            if (secret.Bytes is { } bytes) keys.XmlEncryptor = new KeyEncryptor(bytes);
        });
        return services;
    }

    /// <summary>Reads or makes the secret, and leaves no key in clear. Before the host starts: it only logs what fails there.</summary>
    /// <exception cref="DatabaseRefusedException">There is no secret and none can be made.</exception>
    public static async Task OpenKeyRingAsync(this IServiceProvider services)
    {
        if (services.GetRequiredService<KeySecret>().Bytes is not null)
            await services.GetRequiredService<KeyRing>().DropKeysInClearAsync(CancellationToken.None);
    }
}
