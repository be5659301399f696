using System.Collections.Concurrent;
using Tutor.Core.Courses;

namespace Tutor.Runtime.Courses;

/// <summary>What is wrong with the files of each course, for its instructors to read.</summary>
public sealed class CourseProblems
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<PackProblem>> problems = new();

    /// <returns>Empty when the files are all right.</returns>
    public IReadOnlyList<PackProblem> Of(string courseId) => problems.GetValueOrDefault(courseId) ?? [];

    internal void Set(string courseId, IReadOnlyList<PackProblem> found) => problems[courseId] = found;
}
