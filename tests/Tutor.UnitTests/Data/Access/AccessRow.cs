using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Access;

/// <summary>One method of a store as the matrix tries it.</summary>
/// <param name="Method">"Type.Method".</param>
/// <param name="Reads">Who is told something that is not said of a row that does not exist.</param>
/// <param name="Writes">Whose call changes the database.</param>
/// <param name="Prepare">SQL that brings the rows into the state the method works on.</param>
internal sealed record AccessRow(
    string Method, IReadOnlyList<Viewer> Reads, IReadOnlyList<Viewer> Writes, string? Prepare, Func<AccessCourse, AccessTarget, Viewer, Task<object?>> Call)
{
    public static AccessRow Read<T>(string method, IReadOnlyList<Viewer> who, Func<AccessCourse, AccessTarget, Viewer, Task<T>> call) =>
        new(method, who, [], null, async (course, target, viewer) => await call(course, target, viewer));

    public static AccessRow Write<T>(
        string method, IReadOnlyList<Viewer> who, Func<AccessCourse, AccessTarget, Viewer, Task<T>> call, string? prepare = null, IReadOnlyList<Viewer>? reads = null) =>
        new(method, reads ?? who, who, prepare, async (course, target, viewer) => await call(course, target, viewer));
}
