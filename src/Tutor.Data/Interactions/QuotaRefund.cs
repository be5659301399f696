using System.Data.Common;
using Dapper;
using Tutor.Core.Interactions;
using Tutor.Core.Times;
using Tutor.Data.Courses;

namespace Tutor.Data.Interactions;

/// <summary>Gives a request's place in the day's quota back when it ended without a hint.</summary>
/// <remarks>
/// The rule: a hint counts when any of its text was shown. One that failed does not count, and one that was stopped or
/// refused before any text was shown does not either. Stopping costs the machine a run of the tests, so of a student's stops
/// in a course only the first <see cref="FreeStopsPerDay"/> of a day are free. The support text for a message of distress is no hint. Part of the transaction that ends the row,
/// which happens once: so nothing is given back twice.
/// </remarks>
internal static class QuotaRefund
{
    public const int FreeStopsPerDay = 20;

    /// <param name="state">What the row has just become.</param>
    /// <param name="shown">Whether this attempt showed any text; an earlier one's is found in its checkpoint.</param>
    public static async Task ApplyAsync(
        DbConnection connection, DbTransaction transaction, string id, string state, bool shown, CancellationToken cancel, bool distress = false)
    {
        if (state == InteractionState.Done && !distress) return;
        var failed = state == InteractionState.Failed || distress;
        var row = await connection.QuerySingleAsync<EndedRow>(Sql.In(transaction,
            $"""
            SELECT i.course_id, i.student_id, i.asked_at, i.counted, {CourseZones.Name} AS time_zone,
                   EXISTS (SELECT 1 FROM interaction_draft d WHERE d.interaction_id = i.id) AS kept
            FROM interaction i JOIN course c ON c.id = i.course_id WHERE i.id = @id
            """,
            new { id }, cancel));
        if (!row.Counted || (!failed && (shown || row.Kept))) return;
        var returned = await connection.ExecuteAsync(Sql.In(transaction,
            """
            UPDATE quota SET used = used - 1, stopped = stopped + @stop
            WHERE course_id = @CourseId AND student_id = @StudentId AND day = @day AND used > 0 AND (@failed OR stopped < @FreeStopsPerDay)
            """,
            new
            {
                row.CourseId, row.StudentId, failed, FreeStopsPerDay, stop = failed ? 0 : 1,
                day = CourseTime.Of(row.TimeZone).DayOf(DateTimeOffset.FromUnixTimeMilliseconds(row.AskedAt)).Key,
            }, cancel));
        if (returned == 1)
            await connection.ExecuteAsync(Sql.In(transaction, "UPDATE interaction SET counted = FALSE WHERE id = @id", new { id }, cancel));
    }

    private sealed record EndedRow
    {
        public required string CourseId { get; init; }
        public required string StudentId { get; init; }
        public long AskedAt { get; init; }
        public bool Counted { get; init; }
        public string? TimeZone { get; init; }
        public bool Kept { get; init; }
    }
}
