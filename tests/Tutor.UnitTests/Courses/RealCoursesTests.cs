using Tutor.Core.Courses;
using Tutor.UnitTests.Evidence;

namespace Tutor.UnitTests.Courses;

/// <summary>The sample courses that come with Tutor.</summary>
[Collection(nameof(EvidenceFixture))]
public sealed class RealCoursesTests(EvidenceFixture sandbox)
{
    public static TheoryData<string> Courses => [.. Directory.EnumerateFiles(Path.Combine(Root(), "courses"), "course.yaml", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))];

    [Theory]
    [MemberData(nameof(Courses))]
    public void A_sample_course_has_no_problems(string course)
    {
        var (_, problems) = CoursePackLoader.Load(Path.Combine(Root(), "courses", course));

        Assert.Empty(problems.Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public async Task Its_references_pass_its_tests_and_its_starters_do_not(string course)
    {
        if (CoursePackLoader.Load(Path.Combine(Root(), "courses", course)).Pack is not { } pack) throw new InvalidOperationException("The course has problems, see the test above.");

        Assert.Empty((await new PackTrial(sandbox.Required).CheckAsync(pack, TestContext.Current.CancellationToken)).Select(p => p.ToString()));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Tutor.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests holds Tutor.sln.");
        return folder;
    }
}
