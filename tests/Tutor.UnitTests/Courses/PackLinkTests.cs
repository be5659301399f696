using System.Diagnostics;

namespace Tutor.UnitTests.Courses;

/// <summary>A pack's texts are shown to students, so nothing in it may stand for a file outside of it.</summary>
public sealed class PackLinkTests
{
    private const string Starter = "exercises/average/starter.py";
    private const string Symbolic = "This is a symbolic link; Tutor follows none in a pack. Put the file itself there, or remove the link.";

    [Theory]
    [InlineData(Starter, "/etc/hostname")]
    [InlineData(Starter, "../../../../../../../../etc/hostname")]
    [InlineData(Starter, "../../prompt.md")]
    [InlineData(Starter, "/no/such/file")]
    [InlineData(Starter, "starter.py")]
    [InlineData("prompt.md", "/proc/self/environ")]
    [InlineData("materials/Secrets.md", "/etc/passwd")]
    [InlineData("materials/.notes", "/etc/passwd")]
    [InlineData("assessments", "/etc")]
    [InlineData("exercises/average/PROMPT.md", "..")]
    [InlineData(".git", "/etc")]
    public void A_symbolic_link_is_refused_by_name_wherever_it_leads(string path, string target)
    {
        using var pack = new PackOnDisk();
        File.Delete(Path.Combine(pack.Folder, path));

        File.CreateSymbolicLink(Path.Combine(pack.Folder, path), target);

        var reading = pack.Load();
        Assert.Null(reading.Pack);
        Assert.Equal([$"{path}:1: {Symbolic}"], reading.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_linked_folder_is_refused_and_not_walked_into()
    {
        using var pack = new PackOnDisk();
        Directory.Delete(Path.Combine(pack.Folder, "exercises/average"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(pack.Folder, "exercises/average"), "/");

        Assert.Equal([$"exercises/average:1: {Symbolic}"], pack.Load().Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public async Task A_file_under_several_names_is_refused_since_the_others_may_lie_anywhere()
    {
        using var pack = new PackOnDisk();
        var secret = Path.Combine(Path.GetDirectoryName(pack.Folder)!, "appsettings.json");
        await File.WriteAllTextAsync(secret, "{}", TestContext.Current.CancellationToken);
        await RunAsync("ln", "-f", secret, Path.Combine(pack.Folder, Starter));

        var problem = Assert.Single(pack.Load().Problems);

        Assert.Equal(Starter, problem.File);
        Assert.Contains("copy it instead of linking it", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_refused_and_the_reader_does_not_wait_for_it()
    {
        using var pack = new PackOnDisk();
        pack.Delete("materials/lists.md");
        await RunAsync("mkfifo", Path.Combine(pack.Folder, "materials/lists.md"));

        Assert.Contains("a pipe", Assert.Single(pack.Load().Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pack_may_itself_be_linked_to_where_its_files_are_and_keep_its_history_beside_them()
    {
        using var pack = new PackOnDisk();
        pack.Write(".git/HEAD", "ref: refs/heads/main");
        var link = Path.Combine(Path.GetDirectoryName(pack.Folder)!, "current-course");
        Directory.CreateSymbolicLink(link, pack.Folder);

        Assert.Empty(Tutor.Core.Courses.CoursePackLoader.Load(link).Problems);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
