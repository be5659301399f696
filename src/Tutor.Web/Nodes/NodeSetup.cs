using Microsoft.AspNetCore.Components.Server.Circuits;
using Tutor.Data;

namespace Tutor.Web.Nodes;

public static class NodeSetup
{
    /// <summary>Lets a node that shares its database with others leave in order; a portal alone has nowhere to send its pages.</summary>
    public static void AddDrain(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Drain>();
        if (builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>()?.IsPostgres != true) return;
        builder.Services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<Drain>());
        builder.Services.AddSingleton<IHostLifetime, DrainLifetime>();
        builder.Services.AddHealthChecks().AddCheck<Drain>("drain", tags: ["ready"]);
    }
}
