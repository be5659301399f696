using System.Text.RegularExpressions;
using Tutor.Core.Courses.Reading;

namespace Tutor.Core.Times;

/// <summary>Time zones by their IANA names: a place, whose clocks may change in summer ("America/Los_Angeles").</summary>
public static partial class TimeZones
{
    private static readonly Lazy<IReadOnlyList<string>> names = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => Find(id) is not null).Order(StringComparer.Ordinal)]);

    /// <returns>Null for what is no IANA name here, letter for letter. Abbreviations such as EST are none: such a zone has no summer time, which is never meant.</returns>
    public static TimeZoneInfo? Find(string name)
    {
        if (name == "UTC") return TimeZoneInfo.Utc;
        return Place().IsMatch(name) && !name.StartsWith("posix/", StringComparison.Ordinal) && !name.StartsWith("right/", StringComparison.Ordinal)
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name ? zone : null;
    }

    /// <summary>What to write instead of a name that is none.</summary>
    public static string Advise(string written)
    {
        if (names.Value.Count < 10) return "This machine knows no time zones: install tzdata, or write UTC.";
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(written, out var iana)) return $"Did you mean '{iana}'?";

        var lower = written.Trim().ToLowerInvariant().Replace(' ', '_');
        var byLower = names.Value.ToDictionary(name => name.ToLowerInvariant());
        var near = byLower.Keys.FirstOrDefault(name => name.EndsWith($"/{lower}", StringComparison.Ordinal)) ?? DidYouMean.Find(lower, byLower.Keys);
        return near is not null ? $"Did you mean '{byLower[near]}'?" : "Write a place of the IANA list, such as Europe/Berlin or America/Los_Angeles, or UTC.";
    }

    [GeneratedRegex("^[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}$", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
