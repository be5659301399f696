using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Tutor.Core.Courses;
using Tutor.Core.Hints.Pipeline;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Runtime.Admission;
using Tutor.Runtime.Courses;
using Tutor.Runtime.Health;
using Tutor.Runtime.Hints;
using Tutor.Runtime.Interactions;

namespace Tutor.Runtime;

public static class RuntimeSetup
{
    /// <summary>The Orleans silo in this process and what runs in it. Needs <c>AddTutorData</c> and <c>AddTutorCore</c>.</summary>
    public static IHostApplicationBuilder AddTutorRuntime(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RuntimeOptions>().Bind(builder.Configuration.GetSection("Runtime")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new SupportOptions());
        services.AddSingleton<RuntimeNode>();
        services.AddSingleton<RunningHints>();
        services.AddSingleton<RequestLoader>();
        services.TryAddSingleton<HintWork>(provider => provider.GetRequiredService<HintPipeline>().RunAsync);
        services.AddSingleton<HintRunner>();
        services.AddSingleton<TokenHub>();
        services.AddSingleton<QueuePlaces>();
        services.AddSingleton<AskRate>();
        services.AddSingleton<AdmissionSlots>();
        services.AddSingleton(provider => new HintDesk(
            provider.GetRequiredService<CourseStore>(), provider.GetRequiredService<InteractionStore>(), provider.GetRequiredService<Ledger>(),
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<TokenHub>(), provider.GetRequiredService<QueuePlaces>(),
            provider.GetRequiredService<AskRate>(), provider.GetRequiredService<SupportOptions>(), provider.GetRequiredService<TimeProvider>()));
        builder.UseOrleans(ConfigureSilo);
        // After the silo, so that they start when it runs and stop before it does.
        services.AddHostedService<Sweeper>();
        services.AddHostedService<Checkpointer>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: ["ready"])
            .AddCheck<SiloHealth>("silo", tags: ["ready"]);
        return builder;
    }

    /// <summary>Takes the course packs in at start. Needs <c>AddTutorData</c> and an <c>ICodeRunner</c>.</summary>
    public static IServiceCollection AddTutorCourses(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CourseOptions>().Bind(configuration.GetSection("Courses")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CourseProblems>();
        services.AddSingleton<PackTrial>();
        services.AddHostedService<CourseImporter>();
        return services;
    }

    private static void ConfigureSilo(ISiloBuilder silo)
    {
        // One process: the silo port is loopback only and chosen free, so that two instances on one machine do not clash.
        silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "tutor", clusterId: "tutor");
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // A dead node is noticed within two to three seconds.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 2;
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            // Default a minute; a process that was stopped and woke up must learn soon that it was declared dead.
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.DefunctSiloExpiration = TimeSpan.FromMinutes(5);
        });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
