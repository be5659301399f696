using Dapper;
using Tutor.Core.Times;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Interactions;

/// <summary>The interactions of a course as its staff list and search them.</summary>
public sealed class InteractionLog(Database database, StudentNames names)
{
    private const string Columns =
        """
        i.id, i.exercise_id, i.student_id, i.kind, substr(i.question, 1, 400) AS question, i.state,
        i.asked_at, i.finished_at, i.requested_level, i.level, i.writer, i.first_failing_test, i.guard_action, i.rating,
        i.flagged, i.escalated, i.by_staff, i.reviewed_at
        """;

    /// <summary>One page, newest first; empty for who is not staff of the course.</summary>
    /// <param name="older">Show what comes after this interaction; from a page's <see cref="LogPage.Older"/>.</param>
    /// <param name="newer">Show what comes before this interaction; from a page's <see cref="LogPage.Newer"/>.</param>
    public async Task<LogPage> ListAsync(
        string courseId, Viewer viewer, LogFilter filter, string? older, string? newer, int count, CancellationToken cancel)
    {
        var backwards = newer is not null;
        var query = await QueryAsync(courseId, viewer, filter, cancel);
        // One row more than asked for tells whether there is a further page.
        var sql = query.Page(Columns, newer ?? older, backwards, count + 1);
        var found = await database.QueryAsync<LogEntry>(sql, query.Parameters, cancel);
        var more = found.Count > count;
        var shown = await names.ForAsync(courseId, viewer, cancel);
        var rows = found.Take(count).Select(row => row with { Student = shown.Of(row.StudentId), Question = Cut(shown.Text(row.Question, row.StudentId)) }).ToList();
        if (backwards)
            rows.Reverse();
        if (rows.Count == 0)
            return new LogPage(rows, null, null);
        return backwards
            ? new LogPage(rows, more ? rows[0].Id : null, rows[^1].Id)
            : new LogPage(rows, older is null ? null : rows[0].Id, more ? rows[^1].Id : null);
    }

    // Of what was read so that no name is cut in two before it is hidden.
    private static string Cut(string question) => question.Length <= 200 ? question : question[..200] + "…";

    /// <summary>What all pages of a filtered list hold together; nothing for who is not staff of the course.</summary>
    public async Task<LogTotals> TotalsAsync(string courseId, Viewer viewer, LogFilter filter, CancellationToken cancel)
    {
        var query = await QueryAsync(courseId, viewer, filter, cancel);
        return (await database.QuerySingleOrDefaultAsync<LogTotals>(query.Totals, query.Parameters, cancel))!;
    }

    /// <summary>The neighbours of an interaction in a filtered list, to step through it.</summary>
    public async Task<(string? Newer, string? Older)> NeighboursAsync(
        string courseId, Viewer viewer, LogFilter filter, string id, CancellationToken cancel)
    {
        var query = await QueryAsync(courseId, viewer, filter, cancel);
        await using var connection = await database.OpenAsync(cancel);
        return (await OneAsync(newer: true), await OneAsync(newer: false));

        Task<string?> OneAsync(bool newer) => connection.QuerySingleOrDefaultAsync<string?>(
            new CommandDefinition(query.Page("i.id", id, newer, 1), query.Parameters, cancellationToken: cancel));
    }

    private static LogFilter InCourse(LogFilter filter, CourseTime time) => filter with
    {
        From = filter.From is { } from ? time.FromDate(from) : null, Until = filter.Until is { } until ? time.FromDate(until) : null,
    };

    private async Task<LogQuery> QueryAsync(string courseId, Viewer viewer, LogFilter filter, CancellationToken cancel) => new(
        database.Dialect, courseId, viewer, InCourse(filter, await database.Zones.OfAsync(courseId, cancel)), filter.Student is { } alias ? await names.FindAsync(courseId, alias, viewer, cancel) : null);
}
