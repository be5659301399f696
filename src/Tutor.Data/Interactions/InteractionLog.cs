using Dapper;
using Tutor.Data.People;

namespace Tutor.Data.Interactions;

/// <summary>The interactions of a course as its staff list and search them.</summary>
public sealed class InteractionLog(Database database)
{
    private const string Columns =
        """
        i.id, i.exercise_id, i.student_id, p.name AS student_name, i.kind, substr(i.question, 1, 200) AS question, i.state,
        i.asked_at, i.finished_at, i.requested_level, i.level, i.writer, i.first_failing_test, i.guard_action, i.rating,
        i.flagged, i.escalated, i.reviewed_at
        """;

    /// <summary>One page, newest first; empty for who is not staff of the course.</summary>
    /// <param name="older">Show what comes after this interaction; from a page's <see cref="LogPage.Older"/>.</param>
    /// <param name="newer">Show what comes before this interaction; from a page's <see cref="LogPage.Newer"/>.</param>
    public async Task<LogPage> ListAsync(
        string courseId, Viewer viewer, LogFilter filter, string? older, string? newer, int count, CancellationToken cancel)
    {
        var backwards = newer is not null;
        var query = new LogQuery(database.Dialect, courseId, viewer, filter);
        // One row more than asked for tells whether there is a further page.
        var sql = query.Page(Columns, newer ?? older, backwards, count + 1);
        var found = await database.QueryAsync<LogEntry>(sql, query.Parameters, cancel);
        var more = found.Count > count;
        var rows = found.Take(count).ToList();
        if (backwards)
            rows.Reverse();
        if (rows.Count == 0)
            return new LogPage(rows, null, null);
        return backwards
            ? new LogPage(rows, more ? rows[0].Id : null, rows[^1].Id)
            : new LogPage(rows, older is null ? null : rows[0].Id, more ? rows[^1].Id : null);
    }

    /// <summary>The neighbours of an interaction in a filtered list, to step through it.</summary>
    public async Task<(string? Newer, string? Older)> NeighboursAsync(
        string courseId, Viewer viewer, LogFilter filter, string id, CancellationToken cancel)
    {
        var query = new LogQuery(database.Dialect, courseId, viewer, filter);
        await using var connection = await database.OpenAsync(cancel);
        return (await OneAsync(newer: true), await OneAsync(newer: false));

        Task<string?> OneAsync(bool newer) => connection.QuerySingleOrDefaultAsync<string?>(
            new CommandDefinition(query.Page("i.id", id, newer, 1), query.Parameters, cancellationToken: cancel));
    }
}
