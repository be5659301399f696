using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutor.Inference.Hosts;

namespace Tutor.Inference;

public static class InferenceSetup
{
    /// <summary>The model pool over the hosts of section <c>ModelHosts</c> and the model of section <c>Model</c>, as the portal's <see cref="IChatClient"/>.</summary>
    public static IServiceCollection AddTutorInference(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelHostsOptions>().Bind(configuration.GetSection(ModelHostsOptions.Section))
            .ValidateDataAnnotations()
            .Validate(options => options.Hosts.All(host => host is { Name.Length: > 0, Url.IsAbsoluteUri: true, Slots: > 0 }),
                "Each of ModelHosts:Hosts needs a Name, an absolute Url such as http://gpu-1:8000/v1, and at least one slot.")
            .Validate(options => options.Hosts.DistinctBy(host => host.Name).Count() == options.Hosts.Count, "Two of ModelHosts:Hosts have the same Name.")
            .Validate(options => options.Hosts.All(host => host.Name != EmbeddedModelHost.HostName), $"The name \"{EmbeddedModelHost.HostName}\" is the model's in this process; name the host of ModelHosts:Hosts differently.")
            .ValidateOnStart();
        services.AddEmbeddedModel(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ModelPool>();
        services.AddSingleton<IChatClient>(provider => provider.GetRequiredService<ModelPool>());
        services.AddHostedService<HealthPoll>();
        return services;
    }
}
