using System.Globalization;
using Tutor.Core.Times;

namespace Tutor.Web.Ui;

/// <summary>Moments in words: what is near by its distance, and always so that the hour can be read.</summary>
public static class ElapsedTime
{
    /// <summary>"3 minutes ago", "2 hours ago, 14:05", "28 Nov 2026, 14:05"; ahead "1 Mar 2027, 23:59 (in 14 hours)", and without the hours from two days on.</summary>
    public static string Words(DateTimeOffset then, DateTimeOffset now, CourseTime time)
    {
        var gap = now - then;
        var size = gap.Duration();
        if (size < TimeSpan.FromSeconds(45)) return gap < TimeSpan.Zero ? "in a moment" : "just now";
        if (gap < TimeSpan.Zero)
            return size < TimeSpan.FromHours(48) ? $"{Moment(then, time)} (in {Whole(size)})" : Moment(then, time);
        if (size < TimeSpan.FromMinutes(59.5)) return $"{Count(size.TotalMinutes, "minute")} ago";
        return time.At(then).Date == time.At(now).Date ? $"{Count(size.TotalHours, "hour")} ago, {time.At(then):HH:mm}" : Moment(then, time);
    }

    /// <summary>"1 Mar 2027, 23:59", as a clock of the course shows it.</summary>
    public static string Moment(DateTimeOffset then, CourseTime time) => time.At(then).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"14:05:11 (Berlin time)", for what is only minutes away.</summary>
    public static string Clock(long milliseconds, CourseTime? time) => $"{(time ?? CourseTime.Utc).At(milliseconds):HH:mm:ss} ({(time ?? CourseTime.Utc).Title})";

    /// <summary>Whether the words name an hour, which is somebody's.</summary>
    public static bool NamesHour(string words) => words.Contains(':', StringComparison.Ordinal);

    // Of the time that is left nobody shall believe to have more than there is.
    private static string Whole(TimeSpan left) => left < TimeSpan.FromHours(1) ? Unit((int)Math.Max(1, left.TotalMinutes), "minute") : Unit((int)left.TotalHours, "hour");

    private static string Count(double amount, string unit) => Unit((int)Math.Round(Math.Max(1, amount), MidpointRounding.AwayFromZero), unit);

    private static string Unit(int whole, string unit) => whole == 1 ? $"1 {unit}" : $"{whole} {unit}s";
}
