using System.Data.Common;
using Dapper;
using Tutor.Core;
using Tutor.Core.People;
using Tutor.Data.Audit;

namespace Tutor.Data.People;

/// <summary>The people of a course as its instructors see and import them.</summary>
public sealed class ClassListStore(Database database, AuditLog audit, TimeProvider time)
{
    private const int Chunk = 250;

    private const string Members =
        """
        SELECT p.id AS person_id, p.name, p.login, p.email, m.role, m.section, m.source,
               EXISTS (SELECT 1 FROM person_identity i WHERE i.person_id = p.id) AS signed_in
        FROM membership m JOIN person p ON p.id = m.person_id
        WHERE m.course_id = @courseId AND EXISTS (
            SELECT 1 FROM membership v WHERE v.course_id = @courseId AND v.person_id = @viewer AND v.role = 'instructor')
        ORDER BY p.name, p.id
        """;

    /// <summary>Everyone in a course, by name; empty for anyone but its instructors.</summary>
    public Task<IReadOnlyList<ListedMember>> ListAsync(string courseId, Viewer viewer, CancellationToken cancel) =>
        database.QueryAsync<ListedMember>(Members, new { courseId, viewer = viewer.PersonId }, cancel);

    /// <summary>What importing would change. Changes nothing itself.</summary>
    /// <returns>Null for anyone but an instructor of the course.</returns>
    public async Task<ClassListPlan?> PlanAsync(string courseId, Viewer viewer, IReadOnlyList<ClassListRow> rows, CancellationToken cancel)
    {
        var members = await ListAsync(courseId, viewer, cancel);
        // An instructor finds at least themselves.
        return members.Count == 0 ? null : ClassListPlan.Of(rows, members, viewer);
    }

    /// <summary>Imports a list as a whole or not at all; a second time it changes nothing.</summary>
    /// <param name="remove">Ids of members the list leaves out who shall go. Others of them stay.</param>
    /// <returns>Null for anyone but an instructor of the course, and for a list with problems.</returns>
    public Task<ClassListResult?> ApplyAsync(
        string courseId, Viewer viewer, IReadOnlyList<ClassListRow> rows, IReadOnlySet<string> remove, CancellationToken cancel) =>
        database.WriteAsync<ClassListResult?>(async (connection, transaction) =>
        {
            // Two imports into one course take turns.
            await connection.ExecuteAsync(Sql.In(transaction, "UPDATE course SET name = name WHERE id = @courseId", new { courseId }, cancel));
            var members = (await connection.QueryAsync<ListedMember>(Sql.In(transaction,
                Members, new { courseId, viewer = viewer.PersonId }, cancel))).AsList();
            if (members.Count == 0 || ClassListPlan.Of(rows, members, viewer) is not { Problems.Count: 0 } plan)
                return null;
            await ExpectAsync(connection, transaction, plan.Added, cancel);
            var ids = await FindAsync(connection, transaction, [.. plan.Added.Select(row => row.Login)], cancel);
            await JoinAsync(
                connection, transaction, courseId,
                [
                    .. plan.Added.Select(row => (ids[row.Login], row.Role ?? Role.Student, row.Section ?? "")),
                    .. plan.Changed.Select(change => (change.Before.PersonId, change.Role, change.Section)),
                ], cancel);
            var gone = plan.Missing.Select(m => m.PersonId).Where(remove.Contains).ToList();
            foreach (var people in gone.Chunk(Chunk))
            {
                var (values, parameters) = SqlRows.Of(people, person => [person]);
                parameters.Add("courseId", courseId);
                await connection.ExecuteAsync(Sql.In(transaction,
                    $"DELETE FROM membership WHERE course_id = @courseId AND person_id IN (VALUES {values})", parameters, cancel));
            }
            if (plan.Added.Count + plan.Changed.Count + gone.Count > 0)
                await audit.WriteAsync(connection, transaction, new AuditEvent(
                    viewer, courseId, AuditAction.Changed, AuditObject.People, courseId,
                    $"class list: {plan.Added.Count} added, {plan.Changed.Count} changed, {gone.Count} removed"), cancel);
            return new ClassListResult(plan.Added.Count, plan.Changed.Count, gone.Count);
        }, cancel, repeatable: Repeatable.Yes);

    /// <summary>Makes a place for whoever signs in under each name later. Who is known already by a name keeps it.</summary>
    private async Task ExpectAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<ClassListRow> rows, CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var chunk in rows.Chunk(Chunk))
        {
            var (values, parameters) = SqlRows.Of(chunk, row => [TutorId.New(), row.Name, row.Login, row.Login.Contains('@', StringComparison.Ordinal) ? row.Login : null, now]);
            parameters.Add("unnamed", PersonName.Unnamed);
            await connection.ExecuteAsync(Sql.In(transaction,
                $"INSERT INTO person (id, name, login, email, created_at) VALUES {values} ON CONFLICT (login) DO UPDATE SET name = excluded.name WHERE person.name = @unnamed", parameters, cancel));
        }
    }

    private static async Task<Dictionary<string, string>> FindAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<string> logins, CancellationToken cancel)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chunk in logins.Chunk(Chunk))
        {
            var (values, parameters) = SqlRows.Of(chunk, login => [login]);
            foreach (var (login, id) in await connection.QueryAsync<(string, string)>(Sql.In(transaction,
                $"SELECT login, id FROM person WHERE login IN (VALUES {values})", parameters, cancel)))
                found[login] = id;
        }
        return found;
    }

    private async Task JoinAsync(
        DbConnection connection, DbTransaction transaction, string courseId, IReadOnlyList<(string PersonId, string Role, string Section)> places, CancellationToken cancel)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var chunk in places.Chunk(Chunk))
        {
            var (values, parameters) = SqlRows.Of(chunk, place => [courseId, place.PersonId, place.Role, place.Section, MembershipSource.List, now]);
            await connection.ExecuteAsync(Sql.In(transaction,
                $"""
                INSERT INTO membership (course_id, person_id, role, section, source, created_at) VALUES {values}
                ON CONFLICT (course_id, person_id) DO UPDATE SET role = excluded.role, section = excluded.section, source = excluded.source
                """, parameters, cancel));
        }
    }
}
