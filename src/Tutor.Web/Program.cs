using Tutor.Core;
using Tutor.Core.Hints.Pipeline;
using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Inference;
using Tutor.Runtime;
using Tutor.Sandbox;
using Tutor.Web;
using Tutor.Web.Addresses;
using Tutor.Web.Api;
using Tutor.Web.Errors;
using Tutor.Web.Health;
using Tutor.Web.Lti;
using Tutor.Web.Nodes;
using Tutor.Web.Operations;
using Tutor.Web.Operators;
using Tutor.Web.SignIn;

if (await OperatorCommands.RunAsync(args) is { } exitCode) return exitCode;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddStartFault();
    // Outside Development the manifest of a build is not read by itself, and every script would be empty.
    builder.WebHost.UseStaticWebAssets();
    builder.LimitRequestSizes();

    builder.AddAddresses();
    builder.Services.AddTutorData(builder.Configuration);
    builder.Services.AddTutorSandbox(builder.Configuration);
    builder.Services.AddTutorInference(builder.Configuration);
    builder.Services.AddTutorCore(
        builder.Configuration.GetSection(SupportOptions.Section).Get<SupportOptions>(), builder.Configuration.GetSection(PrivacyOptions.Section).Get<PrivacyOptions>());
    builder.Services.AddTutorCourses(builder.Configuration);
    builder.AddTutorRuntime();
    builder.Services.AddTutorWeb();
    builder.Services.AddHintApi();
    builder.AddSignIn();
    builder.Services.AddLti(builder.Configuration);
    builder.AddDrain();
    builder.Services.AddOperators(builder.Configuration);
    builder.AddTelemetry();

    var app = builder.Build();
    app.UseStartFault();
    if (!await app.OpenDatabaseAsync()) return 1;
    app.UsePortalHeaders();
    app.UseMetrics();
    app.UseAddresses();
    app.UsePortalErrors();
    app.UseApiErrors();
    app.UseFormCheck();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();

    app.MapHealth();
    app.MapSignIn();
    app.MapLti();
    app.MapApi();
    app.MapPortal();
    app.Run();
    return 0;
}
catch (Exception error) when (StartFault.Words(error) is { } words)
{
    Console.Error.WriteLine(words);
    return 1;
}
