using System.Globalization;
using Tutor.Core.Times;
using Tutor.Data.Audit;
using Tutor.Web.Privacy;

namespace Tutor.Web.Audit;

/// <summary>Entries of the audit log as a file for a spreadsheet.</summary>
public static class AuditFile
{
    /// <param name="aliasOf">The pseudonym of the student a row is about; empty for none.</param>
    public static byte[] Csv(IReadOnlyList<AuditEntry> rows, CourseTime time, Func<AuditEntry, string> aliasOf) => ExportFiles.Write(writer =>
    {
        writer.WriteHeader(["number", "when", "who", "what", "student", "exercise", "reason_or_result"]);
        foreach (var row in rows)
            ExportFiles.Record(
                writer, row.Seq, time.At(row.At).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), row.ActorName ?? row.ActorId, AuditWords.Of(row), aliasOf(row), row.ExerciseId ?? "",
                row.Detail);
    });
}
