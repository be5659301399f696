using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tutor.Data.Audit;
using Tutor.Data.Courses;
using Tutor.Data.Flags;
using Tutor.Data.Interactions;
using Tutor.Data.Limits;
using Tutor.Data.Lti;
using Tutor.Data.ModelHosts;
using Tutor.Data.People;
using Tutor.Data.Privacy;
using Tutor.Data.Process;
using Tutor.Data.Progress;
using Tutor.Data.Retention;
using Tutor.Data.Sessions;
using Tutor.Data.Welfare;

namespace Tutor.Data;

public static class DataSetup
{
    /// <summary>The database, brought to its current schema before anything else starts, and the stores over it.</summary>
    public static IServiceCollection AddTutorData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TimeOptions>().Configure(time => time.TimeZone = configuration["TimeZone"]?.Trim() ?? "").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => 
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Open(provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<DatabaseStart>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseStart>());
        services.AddSingleton(provider => provider.GetRequiredService<Database>().Zones);

        services.AddSingleton<AuditLog>();
        services.AddSingleton<StudentNames>();
        services.AddSingleton<PersonStore>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<ClassListStore>();
        services.AddSingleton<LaunchStore>();
        services.AddSingleton<PlatformRosters>();
        services.AddSingleton<ApiTokenStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<DirectoryGrants>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<VersionWriter>();
        services.AddSingleton<CourseStore>();
        services.AddSingleton<FinishWriter>();
        services.AddSingleton<SearchIndex>();
        services.AddHostedService<SearchCatchUp>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<InteractionStore>();
        services.AddSingleton<WorkDraftStore>();
        services.AddSingleton<ProgressStore>();
        services.AddSingleton<ProcessStore>();
        services.AddSingleton<HostSwitches>();
        services.AddSingleton<CourseLimits>();
        services.AddStaffStores(configuration);
        services.AddSingleton<OwnFlags>();
        services.AddSingleton<Rosters>();
        services.AddSingleton<ExportStore>();
        services.AddSingleton<WelfareFeed>();
        services.AddSingleton<WelfareStore>();
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RequestExpiry>();
        services.AddSingleton<PeopleExpiry>();
        services.AddHostedService<RetentionJob>();
        return services;
    }

    /// <summary>Takes and upgrades the database, before the host starts anything else.</summary>
    /// <exception cref="DatabaseRefusedException">The portal cannot work on it.</exception>
    public static Task OpenDatabaseAsync(this IServiceProvider services) => services.GetRequiredService<DatabaseStart>().StartingAsync(CancellationToken.None);
}
