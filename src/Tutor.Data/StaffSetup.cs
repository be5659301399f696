using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tutor.Data.Analytics;
using Tutor.Data.Courses;
using Tutor.Data.Escalations;
using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using Tutor.Data.Similarity;

namespace Tutor.Data;

internal static class StaffSetup
{
    /// <summary>The stores of the instructors' and TAs' side.</summary>
    public static IServiceCollection AddStaffStores(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EscalationOptions>().Bind(configuration.GetSection("Escalations")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EscalationFeed>();
        services.AddSingleton<EscalationStore>();
        services.AddSingleton<InteractionLog>();
        services.AddSingleton<InteractionReader>();
        services.AddSingleton<FlagReviews>();
        services.AddSingleton<FlagQueue>();
        services.AddSingleton<SimilaritySource>();
        services.AddSingleton<FlagReliability>();
        services.AddOptions<FlagOptions>().Bind(configuration.GetSection("Flags")).ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<FlagExpiry>();
        services.AddSingleton<CourseAnalytics>();
        services.AddSingleton<CourseEditing>();
        return services;
    }
}
