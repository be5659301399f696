using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tutor.Core.Evidence;

namespace Tutor.Sandbox;

public static class SandboxSetup
{
    /// <summary>Adds <see cref="ICodeRunner"/>, configured by the section <c>Sandbox</c>, and tests the sandbox in the background at start.</summary>
    public static IServiceCollection AddTutorSandbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SandboxOptions>().Bind(configuration.GetSection("Sandbox")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BubblewrapRunner>();
        services.AddSingleton<ICodeRunner>(provider => provider.GetRequiredService<BubblewrapRunner>());
        services.AddHostedService<SandboxWarmup>();
        return services;
    }

    /// <summary>So that <see cref="ICodeRunner.OffReason"/> is final within a second of the start, not after the first student.</summary>
    private sealed class SandboxWarmup(BubblewrapRunner runner) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => runner.PrepareAsync(stoppingToken);
    }
}
