using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Tutor.Core.Courses;
using Tutor.Core.Hints.Pipeline;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.ModelHosts;
using Tutor.Runtime.Admission;
using Tutor.Runtime.Courses;
using Tutor.Runtime.Health;
using Tutor.Runtime.Hints;
using Tutor.Runtime.Interactions;
using Tutor.Runtime.ModelHosts;
using Tutor.Runtime.Nodes;
using Tutor.Runtime.Telemetry;
using Tutor.Runtime.Welfare;

namespace Tutor.Runtime;

public static class RuntimeSetup
{
    /// <summary>The Orleans silo in this process and what runs in it. Needs <c>AddTutorData</c> and <c>AddTutorCore</c>.</summary>
    public static IHostApplicationBuilder AddTutorRuntime(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RuntimeOptions>().Bind(builder.Configuration.GetSection("Runtime")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NodeOptions>().Bind(builder.Configuration.GetSection(NodeOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new SupportOptions());
        services.AddSingleton<RuntimeNode>();
        services.AddSingleton<RunningHints>();
        services.AddSingleton<RequestLoader>();
        services.TryAddSingleton<HintWork>(provider => provider.GetRequiredService<HintPipeline>().RunAsync);
        services.AddMetrics();
        services.AddSingleton<HintMetrics>();
        services.AddSingleton<HintRunner>();
        services.AddSingleton<TokenHub>();
        services.AddSingleton<QueuePlaces>();
        services.AddSingleton<AskRate>();
        services.AddSingleton<DistressDesk>();
        services.AddSingleton<AdmissionSlots>();
        services.AddSingleton(provider => new HintDesk(
            provider.GetRequiredService<CourseStore>(), provider.GetRequiredService<InteractionStore>(), provider.GetRequiredService<Ledger>(),
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<TokenHub>(), provider.GetRequiredService<QueuePlaces>(),
            provider.GetRequiredService<AskRate>(), provider.GetRequiredService<DistressDesk>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HostBoard(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<HostSwitches>(), provider.GetRequiredService<TimeProvider>()));
        builder.UseOrleans(SiloSetup.Configure);
        // After the silo, so that they start when it runs and stop before it does.
        services.AddHostedService<Sweeper>();
        services.AddHostedService<DeadNodes>();
        services.AddHostedService<Checkpointer>();
        services.AddHostedService<HostReporter>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: ["ready"])
            .AddCheck<SiloHealth>("silo", tags: ["ready"])
            .AddCheck<ModelHealth>("model", tags: ["model"]);
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
}
