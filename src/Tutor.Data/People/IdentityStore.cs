using System.Data.Common;
using Dapper;
using Tutor.Core;
using Tutor.Core.People;

namespace Tutor.Data.People;

/// <summary>Leads what a sign-in proved to a person, and gives them the places that the sign-in carries.</summary>
public sealed class IdentityStore(Database database, TimeProvider time)
{
    // Of somebody who has never signed in that way: a place that a list keeps for whoever proves the name.
    private const string Unclaimed =
        "p.login = @login AND NOT EXISTS (SELECT 1 FROM person_identity i WHERE i.person_id = p.id AND i.provider = @Provider)";

    /// <summary>The person behind an identity: known, expected by a class list under this sign-in name, or new.</summary>
    public Task<Person> AdmitAsync(ProvenIdentity who, CancellationToken cancel) => database.WriteAsync(async (connection, transaction) =>
    {
        var keys = new { who.Subject, who.Provider, name = PersonName.Unnamed, login = SignInName.Of(who.Login), id = TutorId.New(), now = Now() };
        Task<int> Execute(string sql, object parameters) => connection.ExecuteAsync(Sql.In(transaction, sql, parameters, cancel));

        // The first of two sign-ins at once makes the person; the other finds them.
        var made = await Execute(
            $"""
            INSERT INTO person (id, name, created_at)
            SELECT @id, @name, @now
            WHERE NOT EXISTS (SELECT 1 FROM person_identity WHERE subject = @Subject) AND NOT EXISTS (SELECT 1 FROM person p WHERE {Unclaimed})
            """, keys);
        await Execute(
            $"""
            INSERT INTO person_identity (subject, provider, person_id, created_at)
            SELECT @Subject, @Provider, COALESCE((SELECT p.id FROM person p WHERE {Unclaimed}), @id), @now
            WHERE NOT EXISTS (SELECT 1 FROM person_identity WHERE subject = @Subject)
            ON CONFLICT (subject) DO NOTHING
            """, keys);
        var personId = (await connection.QuerySingleAsync<string>(Sql.In(transaction,
            "SELECT person_id FROM person_identity WHERE subject = @Subject", keys, cancel)))!;
        if (made == 1 && personId != keys.id)
            await Execute("DELETE FROM person WHERE id = @id", keys);
        var known = await connection.QuerySingleAsync<Person>(Sql.In(transaction,
            "SELECT id, name, email, demo, created_at FROM person WHERE id = @personId", new { personId }, cancel));
        // Platforms leave out names and addresses, by their settings or their users': that takes none away.
        var name = PersonName.Of(who.Name) is { } given ? who.NameIsPart ? PersonName.Fuller(known.Name, given) : given : known.Name;
        var person = new { keys.login, keys.Provider, personId, name, email = SignInName.Address(who.Email) ?? known.Email };
        if (person.login is not null)
        {
            // A list may have named them by a sign-in name they got later. Whoever had the name before loses it, not their places.
            await Execute(
                $"""
                UPDATE membership SET person_id = @personId
                WHERE person_id IN (SELECT p.id FROM person p WHERE p.id <> @personId AND {Unclaimed})
                  AND course_id NOT IN (SELECT course_id FROM membership WHERE person_id = @personId)
                """, person);
            await Execute(
                $"DELETE FROM membership WHERE person_id IN (SELECT p.id FROM person p WHERE p.id <> @personId AND {Unclaimed})", person);
            await Execute("UPDATE person SET login = NULL WHERE login = @login AND id <> @personId", person);
        }
        await Execute("UPDATE person SET name = @name, email = @email, login = COALESCE(@login, login), courseless_since = NULL WHERE id = @personId", person);
        return known with { Name = person.name, Email = person.email };
    }, cancel, repeatable: Repeatable.Yes);

    /// <summary>Makes a person's places of one source those given now. Places that other sources gave stay as they are.</summary>
    /// <param name="courses">Courses the source speaks about; null means all.</param>
    /// <param name="source">One of <see cref="Core.People.MembershipSource"/>.</param>
    public Task GrantAsync(string personId, string source, IReadOnlyList<GrantedRole> granted, IReadOnlyList<string>? courses, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var kept = granted.Select(g => g.CourseId).ToHashSet(StringComparer.Ordinal);
            var had = await connection.QueryAsync<string>(Sql.In(transaction,
                "SELECT course_id FROM membership WHERE person_id = @personId AND source = @source", new { personId, source }, cancel));
            foreach (var courseId in had.Where(course => !kept.Contains(course) && (courses is null || courses.Contains(course))))
                await connection.ExecuteAsync(Sql.In(transaction,
                    "DELETE FROM membership WHERE course_id = @courseId AND person_id = @personId AND source = @source",
                    new { courseId, personId, source }, cancel));
            foreach (var grant in granted)
                await GiveAsync(connection, transaction, personId, source, grant, cancel);
            return true;
        }, cancel, repeatable: Repeatable.Yes);

    private Task<int> GiveAsync(DbConnection connection, DbTransaction transaction, string personId, string source, GrantedRole grant, CancellationToken cancel) =>
        connection.ExecuteAsync(Sql.In(transaction,
            """
            INSERT INTO membership (course_id, person_id, role, section, source, created_at)
            SELECT c.id, @personId, @Role, @Section, @source, @now FROM course c WHERE c.id = @CourseId
            ON CONFLICT (course_id, person_id) DO UPDATE SET role = excluded.role, section = excluded.section
            WHERE membership.source = excluded.source
            """,
            new { grant.CourseId, personId, grant.Role, grant.Section, source, now = Now() }, cancel));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
