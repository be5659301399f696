using System.Collections.Concurrent;
using Tutor.Core.Privacy;

namespace Tutor.Data.Privacy;

/// <summary>The names of each course, kept for a few minutes: searching texts for them must not cost a query each.</summary>
public sealed class Rosters(Database database, TimeProvider time)
{
    private const long KeptMilliseconds = 5 * 60 * 1000;
    private readonly ConcurrentDictionary<string, (long At, Roster Roster)> known = new();

    /// <summary>For the portal's own work on texts of the course; the names themselves are shown to nobody through it.</summary>
    public async Task<Roster> OfAsync(string courseId, CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (known.TryGetValue(courseId, out var kept) && now - kept.At < KeptMilliseconds) return kept.Roster;
        var roster = new Roster(await PeopleAsync(courseId, cancel));
        known[courseId] = (now, roster);
        return roster;
    }

    /// <summary>Members, and who left but has asked something.</summary>
    internal Task<IReadOnlyList<RosterPerson>> PeopleAsync(string courseId, CancellationToken cancel) => database.QueryAsync<RosterPerson>(
        """
        SELECT p.id, p.name, p.email FROM person p
        WHERE p.id IN (SELECT m.person_id FROM membership m WHERE m.course_id = @courseId
                       UNION SELECT s.student_id FROM submission s WHERE s.course_id = @courseId)
        ORDER BY p.id
        """,
        new { courseId }, cancel);
}
