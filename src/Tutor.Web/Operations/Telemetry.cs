using System.Security.Cryptography;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tutor.Data.Operations;
using Tutor.Inference.Telemetry;
using Tutor.Runtime.Telemetry;

namespace Tutor.Web.Operations;

/// <summary>OpenTelemetry as the settings ask for it: <c>/metrics</c> for Prometheus, traces and metrics by OTLP.</summary>
public static class Telemetry
{
    private const string MetricsPath = "/metrics";

    // Addresses of pages hold what people search for, so requests are counted and timed and not traced.
    private static readonly string[] meters =
        [HintTraces.SourceName, GenAi.Source, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components", "Microsoft.Orleans", "Npgsql", "System.Runtime"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = Options(builder.Configuration);
        if (!options.IsOn)
            return;
        if (options.Otlp.Length > 0 && !(Uri.TryCreate(options.Otlp, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https"))
            throw new InvalidOperationException($"Telemetry:Otlp: '{options.Otlp}' is no address. Write it as http://collector.example.edu:4317, or leave it out.");
        builder.Services.AddSingleton<WaitingCounts>();
        builder.Services.AddHostedService<OperatorGauges>();
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("tutor", serviceInstanceId: Environment.MachineName));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(meters);
            // A histogram for each component and each route of pages is nine tenths of what Prometheus would read, and nobody asks for them.
            metrics.AddView(instrument => instrument.Meter.Name == "Microsoft.AspNetCore.Components" && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal) ? MetricStreamConfiguration.Drop : null);
            metrics.AddView("http.server.request.duration", new MetricStreamConfiguration { TagKeys = ["http.request.method", "http.response.status_code"] });
            if (options.MetricsKey.Length > 0) metrics.AddPrometheusExporter();
            if (options.Otlp.Length > 0) metrics.AddOtlpExporter(otlp => otlp.Endpoint = new Uri(options.Otlp));
        });
        if (options.Otlp.Length > 0)
            telemetry.WithTracing(traces => traces.AddSource(HintTraces.SourceName, GenAi.Source).AddOtlpExporter(otlp => otlp.Endpoint = new Uri(options.Otlp)));
    }

    /// <summary>The page for Prometheus, for who shows the key; for everyone else there is no such page.</summary>
    public static void UseMetrics(this WebApplication app)
    {
        var key = Options(app.Configuration).MetricsKey;
        if (key.Length == 0) return;
        app.Use((context, next) =>
        {
            if (context.Request.Path != MetricsPath || Shows(context.Request.Headers.Authorization.ToString(), key)) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == MetricsPath);
    }

    private static bool Shows(string header, string key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes($"Bearer {key}"));

    private static TelemetryOptions Options(IConfiguration configuration) => configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
}
