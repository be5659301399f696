using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Tutor.Inference;
using Tutor.Inference.Embedded;
using Tutor.ModelHost.Access;
using Tutor.ModelHost.Admission;
using Tutor.ModelHost.Metrics;

namespace Tutor.ModelHost;

internal static class ServerSetup
{
    public static void AddModelServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServerOptions>().Bind(builder.Configuration.GetSection(ServerOptions.Section)).ValidateDataAnnotations()
            .Validate(options => options.WebRoot.Length == 0 || Directory.Exists(options.WebRoot), "Server:WebRoot names no folder. Give the one that holds the web client's index.html, or leave it out.")
            .ValidateOnStart();
        builder.Services.AddOptions<ModelOptions>()
            .Validate(options => options.Path.Length > 0, "Name the model file: --Model:Path=<file.gguf>, or Model__Path in the environment. \"tutor models list\" shows what is here.");
        builder.Services.AddEmbeddedModel(builder.Configuration);
        builder.Services.AddSingleton(provider => new RequestGate(
            provider.GetRequiredService<IOptions<ModelOptions>>().Value.Slots, provider.GetRequiredService<IOptions<ServerOptions>>().Value.MaxQueue));
        builder.Services.AddSingleton<ServingMetrics>();
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        builder.Services.AddHostedService<KeysBeforeOthers>();
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = context.Configuration.GetSection(ServerOptions.Section).Get<ServerOptions>()?.MaxBodyBytes ?? new ServerOptions().MaxBodyBytes;
        });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey])) builder.WebHost.UseUrls("http://127.0.0.1:8080");
    }

    /// <summary>Serves a web client's own files: a browser asks for them before its user could give a key.</summary>
    public static void UseWebClient(this WebApplication app)
    {
        var root = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.WebRoot;
        if (root.Length > 0) app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(Path.GetFullPath(root)) });
    }

    public static void UseApiKeys(this WebApplication app)
    {
        app.UseMiddleware<ApiKeyCheck>();
        app.UseMiddleware<JsonOnly>();
    }

    public static void MapHealth(this WebApplication app) => app.MapGet("/health", (RequestGate gate) => gate.IsDraining
        ? throw RequestGate.Draining()
        : Results.Json(new { status = "ok" }));
}
