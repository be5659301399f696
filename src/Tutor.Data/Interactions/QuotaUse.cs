using System.Globalization;

namespace Tutor.Data.Interactions;

/// <summary>How many of today's hints a student has used in a course.</summary>
public sealed record QuotaUse(int Used, int Limit, long ResetAt)
{
    public int Left => Math.Max(0, Limit - Used);
}

/// <summary>The UTC day a quota counts in.</summary>
internal readonly record struct QuotaDay(string Key, long EndsAt)
{
    public static QuotaDay At(DateTimeOffset now)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.AddDays(1).ToUnixTimeMilliseconds());
    }
}
