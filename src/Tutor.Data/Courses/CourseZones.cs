using System.Collections.Concurrent;
using Tutor.Core.Times;

namespace Tutor.Data.Courses;

/// <summary>The time of each course: its own zone, else the installation's, else UTC. Every count by days and every page takes it from here.</summary>
public sealed class CourseZones(Database database)
{
    private const string Installation = "COALESCE((SELECT z.time_zone FROM installation z), 'UTC')";

    /// <summary>In a statement: the name of the zone of the course <c>c</c>.</summary>
    internal const string Name = $"COALESCE(c.time_zone, {Installation})";

    // A zone changes with a new version of the course's files at most; each request would ask for it several times.
    private static readonly TimeSpan kept = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (CourseTime Time, long Until)> read = new(StringComparer.Ordinal);

    /// <summary>The time of a course; the installation's for one that is not there.</summary>
    public async ValueTask<CourseTime> OfAsync(string courseId, CancellationToken cancel)
    {
        if (read.TryGetValue(courseId, out var known) && known.Until > Environment.TickCount64) return known.Time;
        var time = CourseTime.Of(await database.QuerySingleOrDefaultAsync<string>(
            $"SELECT COALESCE((SELECT {Name} FROM course c WHERE c.id = @courseId), {Installation})", new { courseId }, cancel));
        read[courseId] = (time, Environment.TickCount64 + (long)kept.TotalMilliseconds);
        return time;
    }

    /// <summary>The installation's own time, for what belongs to no course.</summary>
    public ValueTask<CourseTime> InstallationAsync(CancellationToken cancel) => OfAsync("", cancel);

    /// <summary>Keeps what this start's settings say.</summary>
    internal async Task SetInstallationAsync(string zone, CancellationToken cancel)
    {
        await database.ExecuteAsync(
            "INSERT INTO installation (id, time_zone) VALUES (1, @zone) ON CONFLICT (id) DO UPDATE SET time_zone = excluded.time_zone", new { zone }, cancel);
        read.Clear();
    }

    /// <summary>Forgets what was read, since a course has just changed.</summary>
    internal void Forget(string courseId) => read.TryRemove(courseId, out _);
}
