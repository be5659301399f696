using Tutor.Core.Times;
using Tutor.Data.Audit;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Data.Privacy;

namespace Tutor.Data.Limits;

/// <summary>What a course and its students have used today, and the limits that its instructors change while the day runs.</summary>
/// <remarks>The number of hints a student has in a day is the course version's; this adds to it.</remarks>
public sealed class CourseLimits(Database database, StudentNames names, AuditLog audit, TimeProvider time)
{
    private const string IsInstructor =
        "EXISTS (SELECT 1 FROM membership m WHERE m.course_id = @courseId AND m.person_id = @viewer AND m.role = 'instructor')";

    /// <summary>Students on one page of the list.</summary>
    public const int PageSize = 50;

    /// <summary>For the course's instructors; null for anyone else.</summary>
    /// <param name="alias">Only the student of this pseudonym, also where they have not asked today; null lists all who have.</param>
    /// <param name="skip">How many students come before the page.</param>
    public async Task<CourseUse?> TodayAsync(string courseId, Viewer viewer, CancellationToken cancel, string? alias = null, int skip = 0)
    {
        var day = await DayAsync(courseId, cancel);
        if (!await database.QuerySingleOrDefaultAsync<bool>($"SELECT {IsInstructor}", new { courseId, viewer = viewer.PersonId }, cancel)) return null;
        var students = await database.QueryAsync<StudentUse>(
            $"""
            SELECT p.id AS student_id, COALESCE(q.used, 0) AS used, COALESCE(a.extra, 0) AS extra,
                   EXISTS (SELECT 1 FROM membership s WHERE s.course_id = @courseId AND s.person_id = p.id AND s.role <> 'student') AS is_staff
            FROM person p
            LEFT JOIN quota q ON q.course_id = @courseId AND q.student_id = p.id AND q.day = @day
            LEFT JOIN student_allowance a ON a.course_id = @courseId AND a.student_id = p.id AND a.day = @day
            WHERE {(alias is null ? Asked : "p.id = @student")} AND {IsInstructor}
            ORDER BY used DESC, p.id LIMIT @PageSize OFFSET @skip
            """,
            new { courseId, viewer = viewer.PersonId, day = day.Key, student = alias is null ? null : await names.FindAsync(courseId, alias, viewer, cancel) ?? "", PageSize, skip }, cancel);
        var all = await database.QuerySingleOrDefaultAsync<int>($"SELECT COUNT(*) FROM person p WHERE {Asked}", new { courseId, day = day.Key }, cancel);
        var shown = await names.ForAsync(courseId, viewer, cancel);
        return new CourseUse(
            await TokensAsync(courseId, day, cancel), await BudgetAsync(courseId, cancel), [.. students.Select(use => use with { Student = shown.Of(use.StudentId) })], all);
    }

    private const string Asked = "p.id IN (SELECT u.student_id FROM quota u WHERE u.course_id = @courseId AND u.day = @day AND u.used > 0)";

    /// <summary>Gives a student more hints today.</summary>
    /// <returns>False when the viewer is no instructor of the course or the student is not in it.</returns>
    public async Task<bool> GiveAsync(string courseId, string studentId, int hints, Viewer viewer, CancellationToken cancel)
    {
        var day = await DayAsync(courseId, cancel);
        var alias = (await names.ForAsync(courseId, viewer, cancel)).Of(studentId).Alias;
        return await audit.ExecuteAsync(
            $"""
            INSERT INTO student_allowance (course_id, student_id, day, extra, given_by, given_at)
            SELECT s.course_id, s.person_id, @day, @hints, @viewer, @now FROM membership s
            WHERE s.course_id = @courseId AND s.person_id = @studentId AND {IsInstructor}
            ON CONFLICT (course_id, student_id, day)
            DO UPDATE SET extra = student_allowance.extra + excluded.extra, given_by = excluded.given_by, given_at = excluded.given_at
            """,
            new { courseId, studentId, hints, viewer = viewer.PersonId, day = day.Key, now = Now() },
            new AuditEvent(viewer, courseId, AuditAction.Changed, AuditObject.Student, alias, $"{hints} hints more for this day"), cancel) == 1;
    }

    /// <summary>Sets how many tokens models may read and write for the course in a day; null takes the limit away.</summary>
    /// <returns>False when the viewer is no instructor of the course.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative.</exception>
    public async Task<bool> SetBudgetAsync(string courseId, long? tokensPerDay, Viewer viewer, CancellationToken cancel) =>
        tokensPerDay is < 0 ? throw new ArgumentOutOfRangeException(nameof(tokensPerDay), tokensPerDay, "A budget is no less than 0 tokens.")
        : tokensPerDay is { } tokens
            ? await audit.ExecuteAsync(
                $"""
                INSERT INTO course_budget (course_id, tokens_per_day, set_by, set_at)
                SELECT c.id, @tokens, @viewer, @now FROM course c WHERE c.id = @courseId AND {IsInstructor}
                ON CONFLICT (course_id) DO UPDATE SET tokens_per_day = excluded.tokens_per_day, set_by = excluded.set_by, set_at = excluded.set_at
                """,
                new { courseId, tokens, viewer = viewer.PersonId, now = Now() }, Budget(courseId, viewer, $"budget of {tokens} tokens a day"), cancel) == 1
            : await audit.ExecuteAsync(
                $"DELETE FROM course_budget WHERE course_id = @courseId AND {IsInstructor}", new { courseId, viewer = viewer.PersonId },
                Budget(courseId, viewer, "no budget of tokens any more"), cancel) == 1;

    /// <summary>Whether the course's models have read and written today's budget. Hints that are being written at that moment are finished.</summary>
    public async Task<bool> IsBudgetSpentAsync(string courseId, CancellationToken cancel) =>
        await BudgetAsync(courseId, cancel) is { } budget && await TokensAsync(courseId, await DayAsync(courseId, cancel), cancel) >= budget;

    private Task<long?> BudgetAsync(string courseId, CancellationToken cancel) => database.QuerySingleOrDefaultAsync<long?>(
        "SELECT tokens_per_day FROM course_budget WHERE course_id = @courseId", new { courseId }, cancel);

    private Task<long> TokensAsync(string courseId, CourseDay day, CancellationToken cancel) => database.QuerySingleOrDefaultAsync<long>(
        "SELECT COALESCE(SUM(input_tokens + output_tokens), 0) FROM interaction WHERE course_id = @courseId AND asked_at >= @from AND NOT welfare",
        new { courseId, from = day.StartsAt }, cancel);

    private async Task<CourseDay> DayAsync(string courseId, CancellationToken cancel) => (await database.Zones.OfAsync(courseId, cancel)).DayOf(time.GetUtcNow());

    private static AuditEvent Budget(string courseId, Viewer viewer, string now) => new(viewer, courseId, AuditAction.Changed, AuditObject.Course, courseId, now);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
