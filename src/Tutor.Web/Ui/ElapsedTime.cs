using System.Globalization;

namespace Tutor.Web.Ui;

public static class ElapsedTime
{
    /// <summary>"3 minutes ago", "in 2 days"; the date once it is more than four weeks away.</summary>
    public static string Words(DateTimeOffset then, DateTimeOffset now)
    {
        var gap = now - then;
        var size = gap.Duration();
        if (size < TimeSpan.FromSeconds(45)) return gap < TimeSpan.Zero ? "in a moment" : "just now";
        if (size > TimeSpan.FromDays(28)) return then.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        var words = size switch
        {
            { TotalMinutes: < 59.5 } => Count(size.TotalMinutes, "minute"),
            { TotalHours: < 23.5 } => Count(size.TotalHours, "hour"),
            _ => Count(size.TotalDays, "day"),
        };
        return gap < TimeSpan.Zero ? $"in {words}" : $"{words} ago";
    }

    private static string Count(double amount, string unit)
    {
        var whole = (int)Math.Round(Math.Max(1, amount), MidpointRounding.AwayFromZero);
        return whole == 1 ? $"1 {unit}" : $"{whole} {unit}s";
    }
}
