using System.Globalization;

namespace Tutor.WebTests.Load;

/// <summary>How much load, as the environment of tests/load.sh says.</summary>
internal sealed record LoadPlan(int Seconds, int BurstSeconds, int Circuits, bool OnPostgres)
{
    /// <summary>Twenty courses of 3,000 requests an hour each at the peak of a deadline night.</summary>
    public const double PerSecond = 16.7;
    public const int BurstFactor = 5;

    public static LoadPlan? FromEnvironment() => Number("TUTOR_LOAD_SECONDS") is { } seconds
        ? new(seconds, Number("TUTOR_LOAD_BURST") ?? 60, Number("TUTOR_LOAD_CIRCUITS") ?? 500, Environment.GetEnvironmentVariable("TUTOR_LOAD_DATABASE") == "postgres")
        : null;

    private static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
