using System.Globalization;

namespace Tutor.Core.Times;

/// <summary>A day as a course counts it, from midnight to midnight of its time zone: 23 or 25 hours long where clocks change.</summary>
/// <param name="StartsAt">Unix milliseconds, inclusive.</param>
/// <param name="EndsAt">Unix milliseconds, exclusive: the next day's start.</param>
public readonly record struct CourseDay(DateOnly Date, long StartsAt, long EndsAt)
{
    /// <summary>The day as quotas store it ("2027-03-01").</summary>
    public string Key => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
