namespace Tutor.Web.Operators;

public static class OperatorSetup
{
    public static IServiceCollection AddOperators(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OperatorOptions>().Bind(configuration.GetSection(OperatorOptions.Section));
        services.AddSingleton<OperatorList>();
        return services;
    }
}
