using System.Data.Common;
using Dapper;

namespace Tutor.Data.Welfare;

/// <summary>Keeps one student's messages from filling the disk and the contact's page: some are kept, all are counted.</summary>
internal static class NoticeCount
{
    /// <summary>A student's notices of an hour that are kept, while nobody has taken them up.</summary>
    public const int KeptAnHour = 3;
    private const long Hour = 3_600_000;

    /// <summary>Lets no other message of this student in until the transaction ends.</summary>
    /// <returns>False where the student is not in the course.</returns>
    public static async Task<bool> LockAsync(DbConnection connection, DbTransaction transaction, string courseId, string studentId, CancellationToken cancel) =>
        await connection.ExecuteAsync(Sql.In(transaction,
            "UPDATE membership SET role = role WHERE course_id = @courseId AND person_id = @studentId", new { courseId, studentId }, cancel)) == 1;

    /// <summary>Counts one more message on the student's newest notice that nobody has taken up.</summary>
    /// <returns>False where it is to be kept as a notice of its own.</returns>
    public static async Task<bool> AddAsync(
        DbConnection connection, DbTransaction transaction, string courseId, string studentId, long now, CancellationToken cancel) =>
        await connection.ExecuteAsync(Sql.In(transaction,
            """
            UPDATE welfare_notice SET more = more + 1, last_at = @now
            WHERE id = (SELECT n.id FROM welfare_notice n WHERE n.course_id = @courseId AND n.student_id = @studentId AND n.taken_up_at IS NULL
                        ORDER BY n.created_at DESC, n.id DESC LIMIT 1)
              AND (SELECT COUNT(*) FROM welfare_notice n
                   WHERE n.course_id = @courseId AND n.student_id = @studentId AND n.created_at > @since) >= @KeptAnHour
            """,
            new { courseId, studentId, now, since = now - Hour, KeptAnHour }, cancel)) == 1;
}
