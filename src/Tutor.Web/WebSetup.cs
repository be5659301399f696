using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tutor.Web.Circuits;
using Tutor.Web.Privacy;
using Tutor.Web.Student.Workspace;
using Tutor.Web.Ui;

namespace Tutor.Web;

public static class WebSetup
{
    /// <summary>The portal's own parts: pages, circuits and what the components in Ui need.</summary>
    public static IServiceCollection AddTutorWeb(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(ConfigureCircuits)
            // Programs and texts come as streams, so no message needs to be larger than this.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 64 * 1024);
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddOptions<CircuitRoomOptions>().BindConfiguration(CircuitRoomOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new CircuitRoom(provider.GetRequiredService<IOptions<CircuitRoomOptions>>().Value.PerPerson));
        services.AddScoped<CircuitHandler, CircuitDoor>();
        services.AddScoped<ToastService>();
        services.AddScoped<RevealReason>();
        services.AddSingleton<MarkdownRenderer>();
        services.AddHostedService<MarkdownWarmUp>();
        services.AddHealthChecks();
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    public static WebApplication MapPortal(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = "'none'");
        app.MapDrafts();
        return app;
    }

    // A whole class loses its Wi-Fi at once when an access point restarts; all of them shall come back to their page.
    private static void ConfigureCircuits(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = 500;
        circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(4);
        circuits.PersistedCircuitInMemoryMaxRetained = 500;
    }
}
