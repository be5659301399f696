using System.Globalization;
using Tutor.Core.Privacy;
using Tutor.Core.Privacy.Export;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Privacy;

/// <summary>What staff call the students of a course: a pseudonym, or the name where they asked for it and said why.</summary>
/// <remarks>
/// The same person has the same pseudonym in a course for good, and another one in every other course. Stores of the staff's side read no
/// name of a student but through here.
/// </remarks>
public sealed class StudentNames(Database database, AuditLog audit, Rosters rosters, PersonalDataFinder finder, TimeProvider clock)
{
    // As long as a sign-in lasts.
    private static readonly TimeSpan visit = TimeSpan.FromHours(12);
    private byte[]? key;

    /// <summary>What a viewer may call the students of a course.</summary>
    internal async Task<ShownNames> ForAsync(string courseId, Viewer viewer, CancellationToken cancel)
    {
        var revealed = await database.QueryAsync<(string Id, string Name)>(
            """
            SELECT r.student_id, p.name FROM name_reveal r
            JOIN person p ON p.id = r.student_id
            JOIN membership m ON m.course_id = r.course_id AND m.person_id = r.viewer_id AND m.role IN ('ta', 'instructor')
            WHERE r.course_id = @courseId AND r.viewer_id = @viewer AND r.until > @now
            """,
            new { courseId, viewer = viewer.PersonId, now = Now() }, cancel);
        return new ShownNames(
            viewer, new Pseudonyms(await KeyAsync(cancel), courseId), revealed.ToDictionary(row => row.Id, row => row.Name), finder, await rosters.OfAsync(courseId, cancel));
    }

    /// <summary>The students of a course as its staff may call them, by that name; empty for anyone else.</summary>
    public async Task<IReadOnlyList<StudentName>> ListAsync(string courseId, Viewer viewer, CancellationToken cancel)
    {
        var shown = await ForAsync(courseId, viewer, cancel);
        return [.. (await MembersAsync(courseId, viewer, cancel)).Select(shown.Of).OrderBy(name => name.Shown, StringComparer.Ordinal)];
    }

    /// <summary>Shows a student's name to a member of staff for the length of a visit, and notes who asked and why.</summary>
    /// <returns>False where there is no such student in a course this person teaches.</returns>
    /// <exception cref="ArgumentException">The reason is <see cref="IsReason">none</see>.</exception>
    public async Task<bool> RevealAsync(string courseId, string alias, Viewer viewer, string reason, CancellationToken cancel)
    {
        if (!IsReason(reason)) throw new ArgumentException("A reason of a few words is needed to show a name.", nameof(reason));
        if (await FindAsync(courseId, alias, viewer, cancel) is not { } student)
            return false;
        return await audit.ExecuteAsync(
            """
            INSERT INTO name_reveal (course_id, student_id, viewer_id, until)
            SELECT m.course_id, @student, m.person_id, @until FROM membership m
            WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
            ON CONFLICT (course_id, viewer_id, student_id) DO UPDATE SET until = excluded.until
            """,
            new { courseId, student, viewer = viewer.PersonId, until = Now() + (long)visit.TotalMilliseconds },
            new AuditEvent(viewer, courseId, AuditAction.Revealed, AuditObject.Student, alias, reason.Trim()), cancel) == 1;
    }

    /// <summary>Whether words say why: "x" tells nobody later.</summary>
    public static bool IsReason(string? words) =>
        words is not null && words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetter)) >= 2 && words.Count(char.IsLetter) >= 6;

    /// <summary>People who ask or asked in the course and whose name has all these words, for its staff; at most <paramref name="most"/>. Tells no pseudonym.</summary>
    public async Task<IReadOnlyList<FoundPerson>> SearchAsync(string courseId, string words, Viewer viewer, int most, CancellationToken cancel)
    {
        var wanted = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0) return [];
        var people = await database.QueryAsync<FoundPerson>(
            """
            SELECT p.id, p.name FROM person p
            WHERE EXISTS (SELECT 1 FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role IN ('ta', 'instructor'))
              AND (p.id IN (SELECT s.person_id FROM membership s WHERE s.course_id = @courseId AND s.role = 'student')
                   OR p.id IN (SELECT i.student_id FROM interaction i WHERE i.course_id = @courseId AND NOT i.welfare))
            ORDER BY p.name, p.id
            """,
            new { courseId, viewer = viewer.PersonId }, cancel);
        return [.. people.Where(person => wanted.All(word => Has(person.Name, word))).Take(most)];

        static bool Has(string name, string word) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
    }

    /// <summary>Leads a person to their pseudonym, which shows their name to this viewer for a visit; noted like every other look at a name.</summary>
    /// <returns>The pseudonym; null where this person teaches no such student.</returns>
    /// <exception cref="ArgumentException">The reason is <see cref="IsReason">none</see>.</exception>
    public async Task<string?> LookUpAsync(string courseId, string personId, Viewer viewer, string reason, CancellationToken cancel)
    {
        var alias = new Pseudonyms(await KeyAsync(cancel), courseId).ShortOf(personId);
        return await RevealAsync(courseId, alias, viewer, reason, cancel) ? alias : null;
    }

    /// <summary>What a member of staff may call each of these people; empty for anyone else, whom a pseudonym beside an id would tell whose it is.</summary>
    public async Task<IReadOnlyDictionary<string, StudentName>> OfAsync(string courseId, IEnumerable<string> studentIds, Viewer viewer, CancellationToken cancel)
    {
        var staff = await database.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM membership WHERE course_id = @courseId AND person_id = @viewer AND role IN ('ta', 'instructor')",
            new { courseId, viewer = viewer.PersonId }, cancel) > 0;
        if (!staff) return new Dictionary<string, StudentName>();
        var shown = await ForAsync(courseId, viewer, cancel);
        return studentIds.Distinct().ToDictionary(id => id, shown.Of);
    }

    /// <summary>The student behind a pseudonym, for a store's own conditions; null where there is none for this viewer.</summary>
    public async Task<string?> FindAsync(string courseId, string alias, Viewer viewer, CancellationToken cancel)
    {
        var names = new Pseudonyms(await KeyAsync(cancel), courseId);
        return (await MembersAsync(courseId, viewer, cancel)).FirstOrDefault(IsMeant) ?? (await AskersAsync(courseId, viewer, cancel)).FirstOrDefault(IsMeant);

        bool IsMeant(string id) => names.ShortOf(id) == alias;
    }

    private Task<IReadOnlyList<string>> MembersAsync(string courseId, Viewer viewer, CancellationToken cancel) => database.QueryAsync<string>(
        """
        SELECT s.person_id FROM membership s
        JOIN membership m ON m.course_id = s.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
        WHERE s.course_id = @courseId AND s.role = 'student'
        """,
        new { courseId, viewer = viewer.PersonId }, cancel);

    // Who left the course, or was never its student, but has asked something.
    private Task<IReadOnlyList<string>> AskersAsync(string courseId, Viewer viewer, CancellationToken cancel) => database.QueryAsync<string>(
        """
        SELECT DISTINCT i.student_id FROM interaction i
        JOIN membership m ON m.course_id = i.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
        WHERE i.course_id = @courseId AND NOT i.welfare
        """,
        new { courseId, viewer = viewer.PersonId }, cancel);

    private async Task<byte[]> KeyAsync(CancellationToken cancel)
    {
        const string read = "SELECT key_value FROM alias_key WHERE id = 1";
        if (key is not null) return key;
        if (await database.QuerySingleOrDefaultAsync<string>(read, null, cancel) is not { } stored)
        {
            // Of two nodes that start together, both take the key that was first.
            await database.ExecuteAsync(
                "INSERT INTO alias_key (id, key_value) VALUES (1, @made) ON CONFLICT (id) DO NOTHING", new { made = Convert.ToHexString(Pseudonyms.NewKey()) }, cancel);
            stored = (await database.QuerySingleOrDefaultAsync<string>(read, null, cancel))!;
        }
        return key = Convert.FromHexString(stored);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
