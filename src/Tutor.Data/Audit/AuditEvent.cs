using Tutor.Data.People;

namespace Tutor.Data.Audit;

/// <summary>Something a person did that others may want to know of later.</summary>
/// <param name="CourseId">Null takes the course of the object; model hosts belong to none.</param>
/// <param name="Detail">A reason or a new state; never a text a student wrote.</param>
public sealed record AuditEvent(Viewer Actor, string? CourseId, string Action, string Object, string ObjectId, string Detail = "");
