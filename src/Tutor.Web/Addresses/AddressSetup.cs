namespace Tutor.Web.Addresses;

public static class AddressSetup
{
    /// <summary>Where the portal is reached and whom it believes about that.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong.</exception>
    public static void AddAddresses(this WebApplicationBuilder builder)
    {
        PublicAddress.Read(builder.Configuration[PublicAddress.Setting]);
        builder.AddTrustedProxies();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddHostedService<KnownAddress>();
    }

    public static void UseAddresses(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UsePublicAddress();
        app.UseOwnOriginOnly();
    }
}
