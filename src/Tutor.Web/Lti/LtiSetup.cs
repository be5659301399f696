namespace Tutor.Web.Lti;

public static class LtiSetup
{
    /// <summary>Launches from learning platforms. Without a platform in the settings every launch is refused.</summary>
    public static IServiceCollection AddLti(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LtiOptions>().Bind(configuration.GetSection(LtiOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ToolKeys>();
        services.AddSingleton<PlatformKeys>();
        services.AddSingleton<LaunchCheck>();
        services.AddSingleton<LaunchState>();
        services.AddSingleton(provider => new PlatformClient(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            {
                Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = 8 * 1024 * 1024,
            },
            provider.GetRequiredService<ToolKeys>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    public static void MapLti(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/lti/login", ["GET", "POST"], LtiEndpoints.LoginAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/lti/launch", LtiEndpoints.LaunchAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/lti/keys", LtiEndpoints.KeysAsync).AllowAnonymous().ExcludeFromDescription();
    }
}
