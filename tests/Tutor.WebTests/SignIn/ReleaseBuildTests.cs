using System.Diagnostics;
using System.Text;
using Tutor.WebTests.Portal;

namespace Tutor.WebTests.SignIn;

/// <summary>The development sign-in asks for no proof of who someone is. What is deployed must not contain it.</summary>
[Trait("Database", "own")]
public sealed class ReleaseBuildTests
{
    // The address of the page and of its form, and the names of the types and methods behind them.
    private static readonly string[] marks = ["sign-in/development", "DevelopmentSignInPage", "SignInAsDemoPerson", "LoopbackOnly", "AddDevelopmentSignIn"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_published_Release_build_contains_neither_page_address_nor_types_of_the_development_sign_in()
    {
        var folder = Directory.CreateTempSubdirectory("tutor-publish-");
        try
        {
            await PublishAsync(folder.FullName);

            Assert.True(File.Exists(Path.Combine(folder.FullName, "Tutor.Web.dll")), "Nothing was published.");
            Assert.True(File.Exists(Path.Combine(folder.FullName, "courses", "intro-python", "course.yaml")), "The sample courses were not published.");
            Assert.Empty(MarksIn(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_Debug_build_is_seen_to_contain_each_of_them()
    {
        var debug = Path.GetDirectoryName(Repository.PortalBuild("Debug"))!;

        Assert.Equal(marks.Order(StringComparer.Ordinal), MarksIn(debug).Select(found => found.Mark).Distinct().Order(StringComparer.Ordinal));
    }

    private static List<(string Mark, string File)> MarksIn(string folder)
    {
        var found = new List<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            ReadOnlySpan<byte> content = File.ReadAllBytes(file);
            // Names in metadata are UTF-8; strings in code are UTF-16.
            foreach (var mark in marks)
                if (content.IndexOf(Encoding.UTF8.GetBytes(mark)) >= 0 || content.IndexOf(Encoding.Unicode.GetBytes(mark)) >= 0)
                    found.Add((mark, Path.GetRelativePath(folder, file)));
        }
        return found;
    }

    private static async Task PublishAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", "src/Tutor.Web", "-c", "Release", "-o", folder, "-v", "q", "-p:RunAnalyzers=false", "-m:1"])
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // The test platform's own variables would reach the build of the portal.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, $"dotnet publish ended with {process.ExitCode}:\n{await output}\n{await errors}");
    }
}
