namespace Tutor.Data.People;

/// <summary>People and what they are in which course.</summary>
public sealed class PersonStore(Database database, TimeProvider time)
{
    public Task UpsertAsync(Person person, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO person (id, name, email, demo, created_at)
        VALUES (@Id, @Name, @Email, @Demo, @now)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, demo = excluded.demo
        """,
        new { person.Id, person.Name, person.Email, person.Demo, now = Now() }, cancel);

    /// <summary>Gives a person a role in a course, instead of the one they had.</summary>
    public Task JoinAsync(string courseId, string personId, string role, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO membership (course_id, person_id, role, created_at)
        VALUES (@courseId, @personId, @role, @now)
        ON CONFLICT (course_id, person_id) DO UPDATE SET role = excluded.role
        """,
        new { courseId, personId, role, now = Now() }, cancel);

    public Task LeaveAsync(string courseId, string personId, CancellationToken cancel) => database.ExecuteAsync(
        "DELETE FROM membership WHERE course_id = @courseId AND person_id = @personId",
        new { courseId, personId }, cancel);

    public Task<Person?> FindAsync(string id, CancellationToken cancel) => database.QuerySingleOrDefaultAsync<Person>(
        "SELECT id, name, email, demo, created_at FROM person WHERE id = @id", new { id }, cancel);

    /// <summary>The role of a person in a course; null for a stranger.</summary>
    public Task<string?> FindRoleAsync(string courseId, string personId, CancellationToken cancel) =>
        database.QuerySingleOrDefaultAsync<string>(
            "SELECT role FROM membership WHERE course_id = @courseId AND person_id = @personId",
            new { courseId, personId }, cancel);

    /// <summary>The section of a person in a course; empty for none and for a stranger.</summary>
    public async Task<string> FindSectionAsync(string courseId, Viewer viewer, CancellationToken cancel) =>
        await database.QuerySingleOrDefaultAsync<string>(
            "SELECT section FROM membership WHERE course_id = @courseId AND person_id = @viewer",
            new { courseId, viewer = viewer.PersonId }, cancel) ?? "";

    /// <summary>The courses of a person, by name.</summary>
    public Task<IReadOnlyList<CourseMembership>> CoursesOfAsync(string personId, CancellationToken cancel) =>
        database.QueryAsync<CourseMembership>(
            """
            SELECT m.person_id, m.course_id, c.name AS course_name, c.term, m.role, c.published_version_id
            FROM membership m JOIN course c ON c.id = m.course_id
            WHERE m.person_id = @personId
            ORDER BY c.name, c.id
            """,
            new { personId }, cancel);

    /// <summary>Everyone in a course, for its staff; empty for anyone else.</summary>
    public Task<IReadOnlyList<Member>> MembersAsync(string courseId, Viewer viewer, CancellationToken cancel) =>
        database.QueryAsync<Member>(
            """
            SELECT p.id AS person_id, p.name, m.role
            FROM membership m JOIN person p ON p.id = m.person_id
            WHERE m.course_id = @courseId AND EXISTS (
                SELECT 1 FROM membership v
                WHERE v.course_id = @courseId AND v.person_id = @viewer AND v.role IN ('ta', 'instructor'))
            ORDER BY p.name, p.id
            """,
            new { courseId, viewer = viewer.PersonId }, cancel);

    /// <summary>Demo people for the development sign-in, by name.</summary>
    public Task<IReadOnlyList<Person>> DemoPeopleAsync(CancellationToken cancel) => database.QueryAsync<Person>(
        "SELECT id, name, email, demo, created_at FROM person WHERE demo ORDER BY name, id", null, cancel);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
