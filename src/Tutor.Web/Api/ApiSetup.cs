using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.OpenApi;

namespace Tutor.Web.Api;

public static class ApiSetup
{
    public const string Policy = "api";

    /// <summary>The machine API: sign-in by token only (a cookie would make it a target of cross-site requests), limited per person, described by OpenAPI.</summary>
    public static IServiceCollection AddHintApi(this IServiceCollection services)
    {
        services.AddSingleton<TokenAccess>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(ApiTokenHandler.SchemeName).RequireAuthenticatedUser());
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(Policy, context => RateLimitPartition.GetTokenBucketLimiter(
                context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
                _ => new() { TokenLimit = 120, TokensPerPeriod = 20, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));
        });
        services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Tutor";
            document.Info.Description = "Ask for hints from a program. The token comes from your profile page.";
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        }).AddOperationTransformer((operation, _, _) =>
        {
            // Other types are refused in words and not by routing, which would do so before anybody has signed in.
            if (operation.RequestBody?.Content?.Remove("*/*", out var body) == true) operation.RequestBody.Content["application/json"] = body;
            return Task.CompletedTask;
        }));
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseRateLimiter();
        app.MapHintApi();
        app.MapOpenApi().AllowAnonymous();
    }
}
