namespace Tutor.Web.Ui;

/// <param name="Text">How the value reads ("87 %"); the number itself where null.</param>
/// <param name="Href">Page behind this value.</param>
/// <param name="Tone">Colour by meaning: accent (default), good, bad, warn or quiet.</param>
public sealed record ChartItem(string Label, double Value, string? Text = null, string? Href = null, string Tone = "accent")
{
    public string ValueText => Text ?? Value.ToString("#,0.##", System.Globalization.CultureInfo.InvariantCulture);
}
