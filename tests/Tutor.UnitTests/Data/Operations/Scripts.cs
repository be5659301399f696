using System.Diagnostics;

namespace Tutor.UnitTests.Data.Operations;

/// <summary>The scripts in deploy/ as an operator runs them.</summary>
internal static class Scripts
{
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public static async Task RunAsync(string script, CancellationToken cancel, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo("bash", [Path.Combine(RepositoryRoot(), "deploy", script), .. arguments])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        var output = run.StandardOutput.ReadToEndAsync(cancel);
        var said = await run.StandardError.ReadToEndAsync(cancel);
        await output;
        await run.WaitForExitAsync(cancel);
        if (run.ExitCode != 0) throw new InvalidOperationException(said);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tutor.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
