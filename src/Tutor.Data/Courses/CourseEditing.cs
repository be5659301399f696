using Dapper;
using Tutor.Core.Courses;
using Tutor.Data.Audit;
using Tutor.Data.People;

namespace Tutor.Data.Courses;

/// <summary>Publishes what instructors write in the portal, and only over the version they were looking at.</summary>
public sealed class CourseEditing(Database database, VersionWriter writer, AuditLog audit)
{
    /// <summary>Makes the edited pack the next version and publishes it, in one transaction.</summary>
    /// <param name="basedOn">The published version the edit began from. Another one by now means a colleague was faster.</param>
    public Task<PublishOutcome> PublishAsync(CoursePack edited, string basedOn, string note, Viewer viewer, CancellationToken cancel) =>
        PublishAsync(edited.Id, basedOn, viewer, async (write, published) =>
            published.Hash == PackHash.Of(edited)
                ? null
                : (await write.VersionAsync(edited, VersionSource.Portal, note.Trim(), viewer.PersonId)).Id,
            cancel);

    /// <summary>Publishes an earlier version again. The version itself stays as it is.</summary>
    public Task<PublishOutcome> PublishAgainAsync(string courseId, string versionId, string basedOn, Viewer viewer, CancellationToken cancel) =>
        PublishAsync(courseId, basedOn, viewer, (_, published) => Task.FromResult(published.Id == versionId ? null : versionId), cancel);

    private Task<PublishOutcome> PublishAsync(
        string courseId, string basedOn, Viewer viewer, Func<VersionWriter.Unit, PublishedVersion, Task<string?>> next, CancellationToken cancel) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var write = writer.On(connection, transaction, cancel);
            if (!await write.IsInstructorAsync(courseId, viewer))
                return new PublishOutcome(PublishResult.NotAllowed, null);
            await write.LockAsync(courseId);
            var published = await connection.QuerySingleOrDefaultAsync<PublishedVersion>(Sql.In(transaction,
                """
                SELECT v.id, v.number, v.hash, v.note, b.published_at, p.name AS published_by
                FROM course c
                JOIN course_version v ON v.id = c.published_version_id
                LEFT JOIN publication b ON b.id = (SELECT MAX(l.id) FROM publication l WHERE l.course_id = c.id)
                LEFT JOIN person p ON p.id = b.person_id
                WHERE c.id = @courseId
                """,
                new { courseId }, cancel));
            if (published?.Id != basedOn)
                return new PublishOutcome(PublishResult.Overtaken, published);
            if (await next(write, published) is not { } versionId)
                return new PublishOutcome(PublishResult.NothingChanged, published);
            if (!await write.PublishAsync(courseId, versionId, viewer.PersonId))
                return new PublishOutcome(PublishResult.NotAllowed, null);
            await audit.WriteAsync(connection, transaction, new AuditEvent(viewer, courseId, AuditAction.Changed, AuditObject.Course, versionId, "version published"), cancel);
            return new PublishOutcome(PublishResult.Published, published);
        }, cancel);
}
