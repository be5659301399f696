using CsCheck;
using Tutor.Core.Times;

namespace Tutor.UnitTests.Times;

public sealed class CourseTimeTests
{
    // Those that change clocks at or over midnight, by half an hour, across the date line, and ordinary ones.
    private static readonly string[] zones =
    [
        "UTC", "Europe/Berlin", "America/Los_Angeles", "America/Sao_Paulo", "America/Havana", "Africa/Cairo", "Asia/Beirut", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu",
        "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham", "America/Asuncion", "Atlantic/Azores", "Asia/Tehran", "Africa/Casablanca", "Antarctica/Troll", "America/Santiago", "Asia/Gaza", "Asia/Amman",
    ];

    [Fact]
    public void Every_moment_lies_in_one_day_and_the_days_follow_each_other_without_gap_or_overlap()
    {
        var date = Gen.Int[0, 60 * 365].Select(days => new DateOnly(1985, 1, 1).AddDays(days));
        Gen.Select(Gen.Int[0, zones.Length - 1].Select(i => CourseTime.Of(zones[i])), date, Gen.Double[0, 1]).Sample((time, date, part) =>
        {
            var (day, next) = (time.Day(date), time.Day(date.AddDays(1)));
            Assert.Equal(day.EndsAt, next.StartsAt);
            Assert.InRange(day.EndsAt - day.StartsAt, 0, 26L * 3_600_000);
            if (day.EndsAt == day.StartsAt) return;

            var inside = day.StartsAt + (long)((day.EndsAt - day.StartsAt - 1) * part);
            Assert.Equal(day, time.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(inside)));
            Assert.Equal(day, time.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(day.StartsAt)));
            Assert.NotEqual(day, time.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(day.StartsAt - 1)));
        }, iter: 20_000);
    }

    [Fact]
    public void Around_each_change_of_the_clocks_a_day_begins_when_its_date_first_shows()
    {
        var changes = 0;
        foreach (var time in zones.Select(CourseTime.Of))
            for (var date = new DateOnly(2026, 1, 1); date < new DateOnly(2028, 1, 1); date = date.AddDays(1))
            {
                var day = time.Day(date);
                if (day.EndsAt - day.StartsAt == 86_400_000) continue;
                changes++;
                Assert.True(time.At(day.StartsAt).Date >= date.ToDateTime(TimeOnly.MinValue));
                Assert.True(time.At(day.StartsAt - 1).Date < date.ToDateTime(TimeOnly.MinValue));
            }

        Assert.True(changes > 40, $"{changes} changes were found.");
    }

    [Theory]
    [InlineData("Europe/Berlin", "2027-03-28", 23)]
    [InlineData("Europe/Berlin", "2027-10-31", 25)]
    [InlineData("America/Los_Angeles", "2027-03-14", 23)]
    [InlineData("Australia/Lord_Howe", "2027-04-04", 24.5)]
    [InlineData("Africa/Cairo", "2027-04-30", 23)]
    [InlineData("Pacific/Apia", "2011-12-30", 0)]
    [InlineData("UTC", "2027-03-28", 24)]
    public void A_day_has_the_hours_that_its_zone_gives_it(string zone, string date, double hours)
    {
        var day = CourseTime.Of(zone).Day(DateOnly.Parse(date, null));

        Assert.Equal(hours, (day.EndsAt - day.StartsAt) / 3_600_000.0);
    }

    [Theory]
    [InlineData("America/Los_Angeles", "2027-03-01T23:59", "2027-03-02T07:59Z")]
    [InlineData("Europe/Berlin", "2027-03-28T02:30", null)]
    [InlineData("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T01:30Z")]
    public void What_a_clock_shows_is_one_moment_or_none(string zone, string shown, string? moment) =>
        Assert.Equal(moment is null ? null : DateTimeOffset.Parse(moment, null), CourseTime.Of(zone).When(DateTime.Parse(shown, null)));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Asia/Calcutta")]
    [InlineData("US/Pacific")]
    [InlineData("UTC")]
    public void A_place_of_the_IANA_list_is_a_zone(string name) => Assert.NotNull(TimeZones.Find(name));

    [Theory]
    [InlineData("europe/berlin", "Did you mean 'Europe/Berlin'?")]
    [InlineData("Europe/Berlin ", "Did you mean 'Europe/Berlin'?")]
    [InlineData("Europe/Belrin", "Did you mean 'Europe/Berlin'?")]
    [InlineData("Los Angeles", "Did you mean 'America/Los_Angeles'?")]
    [InlineData("Pacific Standard Time", "Did you mean 'America/Los_Angeles'?")]
    [InlineData("PST", "Write a place of the IANA list")]
    [InlineData("EST", "Write a place of the IANA list")]
    [InlineData("+01:00", "Write a place of the IANA list")]
    [InlineData("../../etc/passwd", "Write a place of the IANA list")]
    [InlineData("posix/Europe/Berlin", "Europe/Berlin")]
    public void What_is_no_zone_is_refused_with_what_was_probably_meant(string name, string advice)
    {
        Assert.Null(TimeZones.Find(name));
        Assert.Contains(advice, TimeZones.Advise(name), StringComparison.Ordinal);
    }
}
