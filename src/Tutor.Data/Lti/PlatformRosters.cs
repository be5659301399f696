using System.Data.Common;
using Dapper;
using Tutor.Core;
using Tutor.Core.People;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Lti;

/// <summary>Makes the people of a course those a learning platform names. Places that a class list, Entra ID or another of the platform's
/// courses gave are left alone.</summary>
public sealed class PlatformRosters(Database database, AuditLog audit, TimeProvider time)
{
    private const int Chunk = 250;

    /// <param name="provider">As in <see cref="ProvenIdentity.Provider"/>.</param>
    /// <returns>Null for anyone but an instructor of the course.</returns>
    public Task<PlatformRosterResult?> ApplyAsync(
        string courseId, Viewer viewer, string provider, LinkedContext context, IReadOnlyList<PlatformMember> members, CancellationToken cancel) =>
        database.WriteAsync<PlatformRosterResult?>(async (connection, transaction) =>
        {
            CommandDefinition Command(string sql, object parameters) => Sql.In(transaction, sql, parameters, cancel);
            // Two who press the button at once take turns.
            await connection.ExecuteAsync(Command("UPDATE course SET name = name WHERE id = @courseId", new { courseId }));
            var role = await connection.QuerySingleOrDefaultAsync<string>(Command(
                "SELECT role FROM membership WHERE course_id = @courseId AND person_id = @viewer", new { courseId, viewer = viewer.PersonId }));
            if (role != Role.Instructor)
                return null;

            async Task<Dictionary<string, string>> KnownAsync() => (await connection.QueryAsync<(string Subject, string PersonId)>(Command(
                "SELECT subject, person_id FROM person_identity WHERE provider = @provider", new { provider }))).ToDictionary(StringComparer.Ordinal);
            var known = await KnownAsync();
            var before = (await connection.QueryAsync<(string PersonId, string Role, string Source)>(Command(
                "SELECT person_id, role, source FROM membership WHERE course_id = @courseId", new { courseId })))
                .ToDictionary(m => m.PersonId, m => (m.Role, m.Source), StringComparer.Ordinal);
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var named = members.DistinctBy(m => m.Subject).ToList();
            foreach (var chunk in named.Where(m => !known.ContainsKey(m.Subject)).Select(m => (Member: m, Id: TutorId.New())).Chunk(Chunk))
            {
                var (rows, parameters) = SqlRows.Of(chunk, p => [p.Id, PersonName.Of(p.Member.Name) ?? PersonName.Unnamed, SignInName.Address(p.Member.Email), now]);
                await connection.ExecuteAsync(Command($"INSERT INTO person (id, name, email, created_at) VALUES {rows}", parameters));
                // One of them may come in at this very moment, and is then known under the id that made.
                (rows, parameters) = SqlRows.Of(chunk, p => [p.Member.Subject, provider, p.Id, now]);
                await connection.ExecuteAsync(Command(
                    $"INSERT INTO person_identity (subject, provider, person_id, created_at) VALUES {rows} ON CONFLICT (subject) DO NOTHING", parameters));
            }
            known = await KnownAsync();
            var people = named.Select(m => (Member: m, Id: known[m.Subject])).DistinctBy(p => p.Id).ToList();
            var place = new ContextPlace(courseId, context.Platform, context.ContextId);
            var contexts = await ContextsAsync(connection, transaction, place, cancel);
            var added = people.Where(p => !before.ContainsKey(p.Id)).ToList();
            // What somebody is in another of the platform's courses, they stay here until that one says otherwise.
            var changed = people.Where(p => before.TryGetValue(p.Id, out var m) && m.Source == MembershipSource.Lti && m.Role != p.Member.Role
                && !contexts.Others.Contains((p.Id, m.Role))).ToList();
            foreach (var chunk in added.Concat(changed).Chunk(Chunk))
            {
                var (rows, parameters) = SqlRows.Of(chunk, p => [courseId, p.Id, p.Member.Role, MembershipSource.Lti, now]);
                await connection.ExecuteAsync(Command(
                    $"""
                    INSERT INTO membership (course_id, person_id, role, source, created_at) VALUES {rows}
                    ON CONFLICT (course_id, person_id) DO UPDATE SET role = excluded.role WHERE membership.source = excluded.source
                    """, parameters));
            }
            var kept = people.Select(p => p.Id).Append(viewer.PersonId).ToHashSet(StringComparer.Ordinal);
            kept.UnionWith(contexts.Others.Select(other => other.PersonId));
            var gone = before.Where(m => m.Value.Source == MembershipSource.Lti && contexts.Own.Contains(m.Key) && !kept.Contains(m.Key)).Select(m => m.Key).ToList();
            foreach (var chunk in gone.Chunk(Chunk))
            {
                var (rows, parameters) = SqlRows.Of(chunk, person => [person]);
                parameters.Add("courseId", courseId);
                await connection.ExecuteAsync(Command($"DELETE FROM membership WHERE course_id = @courseId AND person_id IN (VALUES {rows})", parameters));
            }
            await NameAsync(connection, transaction, place, people, cancel);
            await RenameAsync(connection, transaction, provider, people, cancel);
            if (added.Count + changed.Count + gone.Count > 0)
                await audit.WriteAsync(connection, transaction, new AuditEvent(
                    viewer, courseId, AuditAction.Changed, AuditObject.People, courseId,
                    $"list of the learning platform: {added.Count} added, {changed.Count} changed, {gone.Count} removed"), cancel);
            return new PlatformRosterResult(added.Count, changed.Count, gone.Count);
        }, cancel, repeatable: Repeatable.Yes);

    private static async Task<(HashSet<string> Own, HashSet<(string PersonId, string Role)> Others)> ContextsAsync(
        DbConnection connection, DbTransaction transaction, ContextPlace place, CancellationToken cancel)
    {
        var rows = (await connection.QueryAsync<(string PersonId, string Role, bool Own)>(Sql.In(transaction,
            """
            SELECT person_id, role, platform = @Platform AND context_id = @ContextId AS own FROM lti_member WHERE course_id = @CourseId
            """, place, cancel))).AsList();
        return (rows.Where(r => r.Own).Select(r => r.PersonId).ToHashSet(StringComparer.Ordinal), rows.Where(r => !r.Own).Select(r => (r.PersonId, r.Role)).ToHashSet());
    }

    /// <summary>Remembers whom the platform's course names now.</summary>
    private static async Task NameAsync(
        DbConnection connection, DbTransaction transaction, ContextPlace place, IReadOnlyList<(PlatformMember Member, string Id)> people, CancellationToken cancel)
    {
        await connection.ExecuteAsync(Sql.In(transaction,
            "DELETE FROM lti_member WHERE course_id = @CourseId AND platform = @Platform AND context_id = @ContextId", place, cancel));
        foreach (var chunk in people.Chunk(Chunk))
        {
            var (rows, parameters) = SqlRows.Of(chunk, p => [place.CourseId, place.Platform, place.ContextId, p.Id, p.Member.Role]);
            await connection.ExecuteAsync(Sql.In(transaction,
                $"INSERT INTO lti_member (course_id, platform, context_id, person_id, role) VALUES {rows}", parameters, cancel));
        }
    }

    /// <summary>Puts back names and addresses that a launch without them left unknown.</summary>
    private static async Task RenameAsync(
        DbConnection connection, DbTransaction transaction, string provider, IReadOnlyList<(PlatformMember Member, string Id)> people, CancellationToken cancel)
    {
        var known = (await connection.QueryAsync<(string Id, string Name, string? Email)>(Sql.In(transaction,
            "SELECT id, name, email FROM person WHERE id IN (SELECT person_id FROM person_identity WHERE provider = @provider)", new { provider }, cancel)))
            .ToDictionary(person => person.Id, StringComparer.Ordinal);
        foreach (var (member, id) in people)
        {
            var person = known[id];
            var better = (Name: PersonName.Fuller(person.Name, PersonName.Of(member.Name)), Email: person.Email ?? SignInName.Address(member.Email));
            if (better != (person.Name, person.Email))
                await connection.ExecuteAsync(Sql.In(transaction,
                    "UPDATE person SET name = @Name, email = @Email WHERE id = @id", new { better.Name, better.Email, id }, cancel));
        }
    }

    private sealed record ContextPlace(string CourseId, string Platform, string ContextId);
}
