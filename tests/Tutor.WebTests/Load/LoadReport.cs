using System.Globalization;
using System.Text;

namespace Tutor.WebTests.Load;

/// <summary>What a load showed, as a table.</summary>
internal sealed class LoadReport(string title)
{
    private readonly StringBuilder text = new($"## {title}\n\n| | |\n|---|---|\n");

    public void Add(string what, string value) => text.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");

    public void Add(string what, IEnumerable<double> values, string unit)
    {
        var sorted = values.Order().ToList();
        Add(what, sorted.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture,
            $"p50 {At(sorted, 0.5):0.#} {unit}, p95 {At(sorted, 0.95):0.#} {unit}, p99 {At(sorted, 0.99):0.#} {unit}, worst {sorted[^1]:0.#} {unit} (of {sorted.Count})"));
    }

    public override string ToString() => text.ToString();

    private static double At(List<double> sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Count) - 1)];
}
