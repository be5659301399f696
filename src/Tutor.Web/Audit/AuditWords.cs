using Tutor.Data.Audit;
using Tutor.Data.Interactions;
using Tutor.Web.Instructor.Log;

namespace Tutor.Web.Audit;

/// <summary>Entries of the audit log as instructors read them.</summary>
public static class AuditWords
{
    public static string Of(AuditEntry row) => (row.Action, row.Object) switch
    {
        (AuditAction.Revealed, _) => $"Saw the name of student {row.ObjectId}.",
        (AuditAction.Exported, _) => $"Downloaded {row.ObjectId}.",
        (AuditAction.Opened, AuditObject.File) => "Read all requests to prepare an export.",
        (AuditAction.Opened, AuditObject.Similarity) => $"Compared the programs of {row.ObjectId}.",
        (AuditAction.Opened, _) => $"Opened {Noun(row.Object)}.",
        (_, AuditObject.People) => "Changed who belongs to the course.",
        (_, AuditObject.Course) => "Changed the course.",
        (_, AuditObject.Student) => $"Gave student {row.ObjectId} more hints.",
        _ => $"Decided about {Noun(row.Object)}.",
    };

    /// <summary>Where it can be looked at; null where there is no such page.</summary>
    public static string? AddressOf(string course, AuditEntry row) => row.Object switch
    {
        AuditObject.Interaction => LogAddress.OfOne(course, row.ObjectId),
        AuditObject.Flag => $"courses/{course}/flags/{row.ObjectId}",
        AuditObject.Escalation => $"courses/{course}/escalations/{row.ObjectId}",
        AuditObject.Student => LogAddress.Of(course, new LogFilter { Student = row.ObjectId }),
        _ => null,
    };

    private static string Noun(string @object) => @object switch
    {
        AuditObject.Interaction => "a request",
        AuditObject.Flag => "a flag",
        AuditObject.Escalation => "a question to TAs",
        _ => @object,
    };
}
