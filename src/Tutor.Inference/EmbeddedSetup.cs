using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Embedded;

namespace Tutor.Inference;

public static class EmbeddedSetup
{
    /// <summary>The model of section <c>Model</c>, loaded when the program starts; nothing without <c>Model:Path</c>.</summary>
    public static IServiceCollection AddEmbeddedModel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section))
            .ValidateDataAnnotations()
            .Validate(options => options.Template.Length == 0 || ChatTemplateFamilies.Names.Contains(options.Template),
                $"Model:Template must be one of {string.Join(", ", ChatTemplateFamilies.Names)}, or empty to recognise it from the file.")
            .Validate(options => options.Adapters.All(adapter => adapter is { Name.Length: > 0, Path.Length: > 0 }), "Each of Model:Adapters needs a Name and a Path.")
            .Validate(options => options.Adapters.DistinctBy(adapter => adapter.Name).Count() == options.Adapters.Count, "Two of Model:Adapters have the same Name.")
            .ValidateOnStart();
        services.AddSingleton<EmbeddedModelLoader>();
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedModelLoader>());
        return services;
    }
}
