using System.Diagnostics;
using Tutor.Tests.Shared.Models;

namespace Tutor.WebTests.ModelHost;

/// <summary>The commands around model files, as an operator types them.</summary>
[Trait("Database", "own")]
public sealed class ModelsCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tutor-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_is_added_listed_tried_and_timed()
    {
        var (addedCode, added, _) = await RunAsync("add", TestModels.Scripted);
        var (_, listed, _) = await RunAsync("list");
        var (testedCode, tested, errors) = await RunAsync("test", "scripted.gguf", "--question", "about loops", "--Model:Threads=1");
        var (_, timed, _) = await RunAsync("speed", "scripted.gguf", "--parallel", "1,2", "--Model:Threads=1");

        Assert.Equal(0, addedCode);
        Assert.Matches("SHA-256 [0-9a-f]{64}", added);
        Assert.Contains("scripted.gguf", listed, StringComparison.Ordinal);
        Assert.True(testedCode == 0, errors + tested);
        Assert.Contains(ScriptedModel.LoopsAnswer, tested, StringComparison.Ordinal);
        Assert.Contains("chat template chatml (recognised from the file)", tested, StringComparison.Ordinal);
        Assert.Matches(@"prompt tokens in .* per second", tested);
        Assert.Matches(@"2 at once: +[0-9.]+ tokens/s", timed);
    }

    [Fact]
    public async Task Mistakes_end_with_a_code_and_a_line_that_says_what_to_do()
    {
        var (unknownCode, _, unknown) = await RunAsync("list", "--folders", "x");
        var (missingCode, _, missing) = await RunAsync("test", "none.gguf");
        var (usageCode, _, usage) = await RunAsync("frob");

        Assert.Equal((1, 1, 2), (unknownCode, missingCode, usageCode));
        Assert.Contains("There is no option --folders", unknown, StringComparison.Ordinal);
        Assert.Contains("tutor models list", missing, StringComparison.Ordinal);
        Assert.Contains("tutor models pull", usage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_the_build_has_no_libraries_for_ends_with_the_reason_and_nothing_runs_on_the_processor()
    {
        var (code, output, errors) = await RunAsync("test", TestModels.Scripted, "--Model:Backend=Cuda12");

        Assert.True(code == 1, output + errors);
        Assert.Contains("cuda12 is missing. Build with -p:LlamaBackend=cuda12", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("per second", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[ModelHostProcess.Assembly, "models", .. arguments, "--folder", folder]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
