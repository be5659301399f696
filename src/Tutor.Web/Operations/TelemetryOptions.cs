namespace Tutor.Web.Operations;

/// <summary>Section <c>Telemetry</c> of the settings. With nothing set nothing is measured and nothing is sent.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>What Prometheus must show to read <c>/metrics</c>, as <c>Authorization: Bearer …</c>. Without a key there is no such page.</summary>
    public string MetricsKey { get; set; } = "";

    /// <summary>Where traces and metrics are sent by OTLP over gRPC, as <c>http://collector.example.edu:4317</c>; empty sends nothing.</summary>
    public string Otlp { get; set; } = "";

    /// <summary>Folder of the backups, as <c>/var/backups/tutor</c>; the age of the newest is then a metric.</summary>
    public string BackupFolder { get; set; } = "";

    public bool IsOn => MetricsKey.Length > 0 || Otlp.Length > 0;
}
