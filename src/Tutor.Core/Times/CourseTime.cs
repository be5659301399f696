using System.Collections.Concurrent;

namespace Tutor.Core.Times;

/// <summary>The time of a course: what its people's clocks show, and when its days begin.</summary>
public sealed class CourseTime
{
    private static readonly ConcurrentDictionary<string, CourseTime> known = new(StringComparer.Ordinal);
    private readonly TimeZoneInfo zone;

    private CourseTime(string name, TimeZoneInfo zone) => (Name, this.zone) = (name, zone);

    public static CourseTime Utc { get; } = new("UTC", TimeZoneInfo.Utc);

    /// <summary>The zone's IANA name ("Europe/Berlin").</summary>
    public string Name { get; }

    /// <summary>What people call it ("Berlin time").</summary>
    public string Title => Name == "UTC" ? "UTC" : $"{Name[(Name.LastIndexOf('/') + 1)..].Replace('_', ' ')} time";

    /// <returns>UTC where the name is empty or unknown on this machine; <see cref="TimeZones.Find"/> says so beforehand.</returns>
    public static CourseTime Of(string? name) => string.IsNullOrEmpty(name) || TimeZones.Find(name) is not { } found ? Utc : known.GetOrAdd(name, new CourseTime(name, found));

    /// <summary>What a clock of the course shows at a moment, with its distance from UTC then.</summary>
    public DateTimeOffset At(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);

    public DateTimeOffset At(long milliseconds) => At(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    /// <summary>The moment at which clocks of the course show this; the later one where they show it twice, so that nobody loses time.</summary>
    /// <returns>Null where no clock ever shows it, since clocks go forward over it.</returns>
    public DateTimeOffset? When(DateTime shown)
    {
        if (zone.IsInvalidTime(shown)) return null;
        return new DateTimeOffset(shown, zone.IsAmbiguousTime(shown) ? zone.GetAmbiguousTimeOffsets(shown).Min() : zone.GetUtcOffset(shown));
    }

    public CourseDay DayOf(DateTimeOffset moment)
    {
        var (day, at) = (Day(DateOnly.FromDateTime(At(moment).DateTime)), moment.ToUnixTimeMilliseconds());
        // Where clocks go back over midnight, their date does too; a day once over does not come again.
        while (at < day.StartsAt) day = Day(day.Date.AddDays(-1));
        while (at >= day.EndsAt) day = Day(day.Date.AddDays(1));
        return day;
    }

    /// <summary>The last days up to the one at hand, earliest first.</summary>
    public IReadOnlyList<CourseDay> LastDays(DateTimeOffset now, int count)
    {
        var today = DayOf(now).Date;
        return [.. Enumerable.Range(0, count).Select(i => Day(today.AddDays(i - count + 1)))];
    }

    /// <summary>The moment as far into this zone's day as the given one is into the same date in UTC: how addresses write dates.</summary>
    public long FromDate(long milliseconds)
    {
        var shown = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
        return Day(DateOnly.FromDateTime(shown)).StartsAt + (long)shown.TimeOfDay.TotalMilliseconds;
    }

    public CourseDay Day(DateOnly date) => new(date, Start(date), Start(date.AddDays(1)));

    /// <summary>The first moment at which a clock shows this date or a later one. Midnight itself may be skipped, or come twice.</summary>
    private long Start(DateOnly date)
    {
        var midnight = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        bool HasCome(DateTimeOffset moment) => DateOnly.FromDateTime(At(moment).DateTime) >= date;
        var (before, after) = (midnight - zone.GetUtcOffset(midnight.AddDays(-1)), midnight - zone.GetUtcOffset(midnight.AddDays(1)));
        var (early, late) = before < after ? (before, after) : (after, before);
        if (HasCome(early)) return early.ToUnixTimeMilliseconds();
        if (early == late) late = early.AddHours(3);

        // Clocks went forward over midnight somewhere in between.
        for (var (no, yes) = (early.ToUnixTimeMilliseconds(), late.ToUnixTimeMilliseconds()); ;)
        {
            if (yes - no <= 1) return yes;
            var middle = no + (yes - no) / 2;
            if (HasCome(DateTimeOffset.FromUnixTimeMilliseconds(middle))) yes = middle;
            else no = middle;
        }
    }
}
