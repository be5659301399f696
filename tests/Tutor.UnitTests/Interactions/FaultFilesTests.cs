using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Interactions;
using Tutor.Tests.Shared;
using Tutor.UnitTests.Evidence;

namespace Tutor.UnitTests.Interactions;

/// <summary>Files that went wrong in other systems, each with what it should give (EXPECTED.md beside them).</summary>
[Collection(nameof(EvidenceFixture))]
public sealed class FaultFilesTests(EvidenceFixture sandbox)
{
    [Theory]
    [InlineData("crlf_line_separator.py")]
    [InlineData("notebook-celltime.ipynb")]
    [InlineData("notebook-magics.ipynb")]
    [InlineData("notebook-nan.ipynb")]
    [InlineData("upload-nbconvert.py")]
    public async Task An_upload_of_a_right_program_passes_every_test(string name)
    {
        var upload = Upload(name);
        var pack = CoursePackLoader.Load(Path.Combine(Repository(), "courses", "intro-python")).Pack!;

        var evidence = await new EvidenceCollector(sandbox.Required).CollectAsync(pack.FindExercise("running-total")!, upload.Text, TestContext.Current.CancellationToken);

        Assert.Null(upload.Problem);
        Assert.Equal((EvidenceState.Ran, evidence.Results.Count), (evidence.State, evidence.PassedCount));
    }

    [Fact]
    public async Task Joined_emoji_and_parted_accents_pass()
    {
        var program = Upload("texts-zwj-nfd.py").Text;
        var (pack, _) = CoursePackLoader.Load(Path.Combine(SharedData.Folder!, "faults", "course-lab"));

        var evidence = await new EvidenceCollector(sandbox.Required).CollectAsync(pack!.FindExercise("texts")!, program, TestContext.Current.CancellationToken);

        Assert.Equal(3, evidence.PassedCount);
    }

    [Fact]
    public void An_await_outside_a_function_is_called_the_notebook_s_own() => Assert.Contains("await", Upload("notebook-await.ipynb").Problem ?? Upload("notebook-await.ipynb").Notice);

    private static Upload Upload(string name)
    {
        Assert.SkipWhen(SharedData.Folder is null, SharedData.Missing);
        return UploadReader.Read(name, File.ReadAllBytes(Path.Combine(SharedData.Folder!, "faults", name)), ExerciseKind.Code);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Tutor.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
