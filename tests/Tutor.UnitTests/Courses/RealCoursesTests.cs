using Tutor.Core.Courses;

namespace Tutor.UnitTests.Courses;

/// <summary>The sample courses that come with Tutor.</summary>
public sealed class RealCoursesTests
{
    public static TheoryData<string> Courses => [.. Directory.EnumerateFiles(Path.Combine(Root(), "courses"), "course.yaml", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))];

    [Theory]
    [MemberData(nameof(Courses))]
    public void A_sample_course_has_no_problems(string course)
    {
        var (_, problems) = CoursePackLoader.Load(Path.Combine(Root(), "courses", course));

        Assert.Empty(problems.Select(p => p.ToString()));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tutor.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests holds Tutor.sln.");
        return folder;
    }
}
