using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tutor.Core.Evidence;
using Tutor.Core.Flags;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Hints.Prompting;
using Tutor.Core.Privacy;
using Tutor.Core.Privacy.Export;
using Tutor.Core.Retrieval;

namespace Tutor.Core;

public static class CoreSetup
{
    /// <summary>The hint pipeline and its stages. Needs an <see cref="ICodeRunner"/> and the model pool's <c>IChatClient</c>.</summary>
    /// <param name="support">What a student in distress reads; null takes the text that comes with Tutor.</param>
    /// <param name="privacy">How the institution's student ids look; null takes the usual form.</param>
    public static IServiceCollection AddTutorCore(this IServiceCollection services, SupportOptions? support = null, PrivacyOptions? privacy = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(support ?? new SupportOptions());
        services.AddSingleton(privacy ?? new PrivacyOptions());
        services.AddSingleton<PersonalDataFinder>();
        services.AddSingleton<PromptPrivacy>();
        services.AddSingleton<EvidenceCollector>();
        services.AddSingleton<PassageIndexes>();
        services.AddSingleton<RubricRetriever>();
        services.AddSingleton<PromptPreview>();
        services.AddSingleton<MisuseScreen>();
        services.AddSingleton<HintPipeline>();
        return services;
    }
}
