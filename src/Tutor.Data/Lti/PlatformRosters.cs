using Dapper;
using Tutor.Core;
using Tutor.Core.People;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Lti;

/// <summary>Makes the people of a course those a learning platform names. Places that a class list or Entra ID gave are left alone.</summary>
public sealed class PlatformRosters(Database database, AuditLog audit, TimeProvider time)
{
    private const int Chunk = 250;

    /// <param name="provider">As in <see cref="ProvenIdentity.Provider"/>.</param>
    /// <returns>Null for anyone but an instructor of the course.</returns>
    public Task<PlatformRosterResult?> ApplyAsync(
        string courseId, Viewer viewer, string provider, IReadOnlyList<PlatformMember> members, CancellationToken cancel) =>
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
                var (rows, parameters) = SqlRows.Of(chunk, p => [p.Id, p.Member.Name, p.Member.Email, now]);
                await connection.ExecuteAsync(Command($"INSERT INTO person (id, name, email, created_at) VALUES {rows}", parameters));
                // One of them may come in at this very moment, and is then known under the id that made.
                (rows, parameters) = SqlRows.Of(chunk, p => [p.Member.Subject, provider, p.Id, now]);
                await connection.ExecuteAsync(Command(
                    $"INSERT INTO person_identity (subject, provider, person_id, created_at) VALUES {rows} ON CONFLICT (subject) DO NOTHING", parameters));
            }
            known = await KnownAsync();
            var people = named.Select(m => (Member: m, Id: known[m.Subject])).ToList();
            var added = people.Where(p => !before.ContainsKey(p.Id)).ToList();
            var changed = people.Where(p => before.TryGetValue(p.Id, out var m) && m.Source == MembershipSource.Lti && m.Role != p.Member.Role).ToList();
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
            var ofPlatform = known.Values.ToHashSet(StringComparer.Ordinal);
            var gone = before.Where(m => m.Value.Source == MembershipSource.Lti && ofPlatform.Contains(m.Key) && !kept.Contains(m.Key)).Select(m => m.Key).ToList();
            foreach (var chunk in gone.Chunk(Chunk))
            {
                var (rows, parameters) = SqlRows.Of(chunk, person => [person]);
                parameters.Add("courseId", courseId);
                await connection.ExecuteAsync(Command($"DELETE FROM membership WHERE course_id = @courseId AND person_id IN (VALUES {rows})", parameters));
            }
            if (added.Count + changed.Count + gone.Count > 0)
                await audit.WriteAsync(connection, transaction, new AuditEvent(
                    viewer, courseId, AuditAction.Changed, AuditObject.People, courseId,
                    $"list of the learning platform: {added.Count} added, {changed.Count} changed, {gone.Count} removed"), cancel);
            return new PlatformRosterResult(added.Count, changed.Count, gone.Count);
        }, cancel, repeatable: Repeatable.Yes);
}
