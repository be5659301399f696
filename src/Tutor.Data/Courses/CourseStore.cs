using System.Collections.Concurrent;
using Dapper;
using Tutor.Core.Courses;
using Tutor.Core.Retrieval;
using Tutor.Data.People;

namespace Tutor.Data.Courses;

/// <summary>Courses, their immutable versions, and which version students work with. Instructors change it through <see cref="CourseEditing"/>.</summary>
public sealed class CourseStore(Database database, VersionWriter writer)
{
    // A version never changes, so a parsed one is good for ever. Old ones are opened only by staff looking back.
    private const int CachedVersions = 200;
    private readonly ConcurrentDictionary<string, CourseVersion> parsed = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<Passage>> passages = new();

    /// <summary>Whether the files of a course are new to the ledger.</summary>
    public async Task<ImportNeed> NeedsImportAsync(CoursePack pack, CancellationToken cancel)
    {
        var known = await database.QuerySingleOrDefaultAsync<CourseRow>(
            "SELECT published_version_id, pack_hash FROM course WHERE id = @Id", new { pack.Id }, cancel);
        return known?.PublishedVersionId is null ? ImportNeed.FirstTime : known.PackHash == PackHash.Of(pack) ? ImportNeed.None : ImportNeed.Changed;
    }

    /// <summary>Takes the files of a course in: a new published version when they changed since the last import, else nothing.</summary>
    public async Task<CourseImport> ImportAsync(CoursePack pack, CancellationToken cancel)
    {
        var hash = PackHash.Of(pack);
        var course = await database.QuerySingleOrDefaultAsync<CourseRow>(
            "SELECT published_version_id, pack_hash FROM course WHERE id = @Id", new { pack.Id }, cancel);
        var published = course?.PublishedVersionId is { } id ? await LoadVersionAsync(id, cancel) : null;
        if (published is not null && course!.PackHash == hash)
            return new CourseImport(published, Changed: false);

        var before = await LastImportedAsync(pack.Id, cancel);
        var merged = published is null || before is null ? pack : PortalEdits.Keep(pack, before.Pack, published.Pack);
        var keepsEdits = PackHash.Of(merged) != hash;

        var version = await database.WriteAsync<CourseVersion?>(async (connection, transaction) =>
        {
            var write = writer.On(connection, transaction, cancel);
            if (!await write.CourseAsync(pack, hash)) return null;
            var live = await write.VersionAsync(pack, VersionSource.Pack, "From the course's files", authorId: null);
            if (keepsEdits)
                live = await write.VersionAsync(
                    merged, VersionSource.Merged, $"Version {live.Number} from the files, keeping what was edited in the portal", authorId: null);
            await write.PublishAsync(live.CourseId, live.Id, personId: null);
            return live;
        }, cancel);
        database.Zones.Forget(pack.Id);
        return version is null ? await ImportAsync(pack, cancel) : new CourseImport(Remember(version), Changed: true);
    }

    /// <summary>Versions of a course, newest first, for its staff; empty for anyone else.</summary>
    public Task<IReadOnlyList<CourseVersionSummary>> VersionsAsync(string courseId, Viewer viewer, CancellationToken cancel) =>
        database.QueryAsync<CourseVersionSummary>(
            """
            SELECT v.id, v.course_id, v.number, v.source, v.note, v.author_id, p.name AS author_name, v.created_at,
                   v.id = c.published_version_id AS published,
                   b.published_at, publisher.name AS published_by_name
            FROM course_version v
            JOIN course c ON c.id = v.course_id
            JOIN membership m ON m.course_id = v.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
            LEFT JOIN person p ON p.id = v.author_id
            LEFT JOIN publication b ON b.id = (SELECT MAX(l.id) FROM publication l WHERE l.version_id = v.id)
            LEFT JOIN person publisher ON publisher.id = b.person_id
            WHERE v.course_id = @courseId
            ORDER BY v.number DESC
            """,
            new { courseId, viewer = viewer.PersonId }, cancel);

    /// <summary>The version students work with, for any member; null for strangers and unpublished courses.</summary>
    public async Task<CourseVersion?> FindPublishedAsync(string courseId, Viewer viewer, CancellationToken cancel)
    {
        var id = await database.QuerySingleOrDefaultAsync<string>(
            """
            SELECT c.published_version_id FROM course c
            JOIN membership m ON m.course_id = c.id AND m.person_id = @viewer
            WHERE c.id = @courseId
            """,
            new { courseId, viewer = viewer.PersonId }, cancel);
        return id is null ? null : await LoadVersionAsync(id, cancel);
    }

    /// <summary>Any version of a course for its staff.</summary>
    public async Task<CourseVersion?> FindVersionAsync(string versionId, Viewer viewer, CancellationToken cancel)
    {
        var id = await database.QuerySingleOrDefaultAsync<string>(
            """
            SELECT v.id FROM course_version v
            JOIN membership m ON m.course_id = v.course_id AND m.person_id = @viewer AND m.role IN ('ta', 'instructor')
            WHERE v.id = @versionId
            """,
            new { versionId, viewer = viewer.PersonId }, cancel);
        return id is null ? null : await LoadVersionAsync(id, cancel);
    }

    /// <summary>A version by id for the portal's own work; pages ask with a viewer instead.</summary>
    public async Task<CourseVersion> LoadVersionAsync(string versionId, CancellationToken cancel)
    {
        if (parsed.TryGetValue(versionId, out var known)) return known;
        var row = await database.QuerySingleOrDefaultAsync<VersionRow>(
            "SELECT id, course_id, number, hash, note, author_id, pack, created_at FROM course_version WHERE id = @versionId",
            new { versionId }, cancel)
            ?? throw new InvalidOperationException($"The ledger has no course version {versionId}.");
        return Remember(row.Parse());
    }

    /// <summary>Passages of a version that students may see. Staff-only ones never leave the database here.</summary>
    /// <returns>The same list for the same version, so that an index over it can be kept.</returns>
    public async Task<IReadOnlyList<Passage>> StudentPassagesAsync(string versionId, CancellationToken cancel)
    {
        if (passages.TryGetValue(versionId, out var known)) return known;
        var read = await database.QueryAsync<Passage>(
            """
            SELECT id, course_version_id, source, heading, text, audience, criterion_id FROM passage
            WHERE course_version_id = @versionId AND audience = 'student'
            ORDER BY id
            """,
            new { versionId }, cancel);
        if (passages.Count >= CachedVersions) passages.Clear();
        return passages.GetOrAdd(versionId, read);
    }

    private async Task<CourseVersion?> LastImportedAsync(string courseId, CancellationToken cancel)
    {
        var row = await database.QuerySingleOrDefaultAsync<VersionRow>(
            """
            SELECT id, course_id, number, hash, note, author_id, pack, created_at FROM course_version
            WHERE course_id = @courseId AND source = 'pack' ORDER BY number DESC LIMIT 1
            """,
            new { courseId }, cancel);
        return row?.Parse();
    }

    private CourseVersion Remember(CourseVersion version)
    {
        if (parsed.Count >= CachedVersions) parsed.Clear();
        return parsed.GetOrAdd(version.Id, version);
    }

    private sealed record CourseRow
    {
        public string? PublishedVersionId { get; init; }
        public string? PackHash { get; init; }
    }
}
