using System.Data.Common;
using Dapper;
using Tutor.Core;
using Tutor.Core.Courses;
using Tutor.Core.Retrieval;
using Tutor.Data.People;

namespace Tutor.Data.Courses;

/// <summary>The statements that write course versions, inside a transaction someone else opened.</summary>
public sealed class VersionWriter(TimeProvider time)
{
    internal Unit On(DbConnection connection, DbTransaction transaction, CancellationToken cancel) =>
        new(connection, transaction, time.GetUtcNow().ToUnixTimeMilliseconds(), cancel);

    internal sealed class Unit(DbConnection connection, DbTransaction transaction, long now, CancellationToken cancel)
    {
        /// <summary>Takes the course for this transaction and notes which files it comes from.</summary>
        /// <returns>False when another node imported the same files meanwhile.</returns>
        public async Task<bool> CourseAsync(CoursePack pack, string packHash) => await connection.ExecuteAsync(Sql.In(transaction,
            """
            INSERT INTO course (id, name, term, time_zone, term_ends, keep_days, pack_hash, created_at)
            VALUES (@Id, @Name, @Term, @TimeZone, @termEnds, @KeepDays, @packHash, @now)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, term = excluded.term, time_zone = excluded.time_zone, term_ends = excluded.term_ends,
                keep_days = excluded.keep_days, pack_hash = excluded.pack_hash
            WHERE course.published_version_id IS NULL OR course.pack_hash IS NULL OR course.pack_hash <> excluded.pack_hash
            """,
            new { pack.Id, pack.Name, pack.Term, pack.TimeZone, pack.KeepDays, termEnds = pack.TermEnds?.ToUnixTimeMilliseconds(), packHash, now }, cancel)) == 1;

        /// <summary>Makes other transactions that want to change the course wait for the end of this one.</summary>
        public Task LockAsync(string courseId) => connection.ExecuteAsync(Sql.In(transaction,
            "UPDATE course SET created_at = created_at WHERE id = @courseId", new { courseId }, cancel));

        public async Task<CourseVersion> VersionAsync(CoursePack pack, string source, string note, string? authorId)
        {
            var json = LedgerJson.Write(pack);
            var (id, hash) = (TutorId.New(), PackHash.Of(pack));
            var number = await connection.ExecuteScalarAsync<int>(Sql.In(transaction,
                """
                INSERT INTO course_version (id, course_id, number, hash, source, note, author_id, pack, created_at)
                SELECT @id, @courseId, COALESCE(MAX(number), 0) + 1, @hash, @source, @note, @authorId, @json, @now
                FROM course_version WHERE course_id = @courseId
                RETURNING number
                """,
                new { id, courseId = pack.Id, hash, source, note, authorId, json, now }, cancel));
            await connection.ExecuteAsync(Sql.In(transaction,
                """
                INSERT INTO passage (id, course_version_id, source, heading, text, audience, criterion_id)
                VALUES (@Id, @CourseVersionId, @Source, @Heading, @Text, @audience, @CriterionId)
                """,
                PassageSplitter.Split(pack, id).Select(p => new
                {
                    p.Id, p.CourseVersionId, p.Source, p.Heading, p.Text, p.CriterionId,
                    audience = p.Audience == Audience.Student ? "student" : "staff",
                }).ToList(), cancel));
            return new CourseVersion
            {
                Id = id, CourseId = pack.Id, Number = number, Hash = hash, Note = note, AuthorId = authorId, CreatedAt = now, Pack = pack,
            };
        }

        /// <returns>False when the course has no such version.</returns>
        public async Task<bool> PublishAsync(string courseId, string versionId, string? personId)
        {
            var known = await connection.ExecuteAsync(Sql.In(transaction,
                """
                UPDATE course SET published_version_id = @versionId
                WHERE id = @courseId AND EXISTS (SELECT 1 FROM course_version WHERE id = @versionId AND course_id = @courseId)
                """,
                new { courseId, versionId }, cancel)) == 1;
            if (known)
                await connection.ExecuteAsync(Sql.In(transaction,
                    """
                    INSERT INTO publication (id, course_id, version_id, person_id, published_at)
                    VALUES (@id, @courseId, @versionId, @personId, @now)
                    """,
                    new { id = TutorId.New(), courseId, versionId, personId, now }, cancel));
            return known;
        }

        public async Task<bool> IsInstructorAsync(string courseId, Viewer viewer) =>
            await connection.ExecuteScalarAsync<long>(Sql.In(transaction,
                "SELECT COUNT(*) FROM membership WHERE course_id = @courseId AND person_id = @viewer AND role = 'instructor'",
                new { courseId, viewer = viewer.PersonId }, cancel)) == 1;
    }
}
