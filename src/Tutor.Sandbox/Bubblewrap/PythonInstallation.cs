using System.Diagnostics;

namespace Tutor.Sandbox.Bubblewrap;

/// <summary>What the sandbox must show read-only for one interpreter to run, as that interpreter says.</summary>
/// <param name="Loader">The dynamic loader that the interpreter's ELF header names; null when it is linked statically.</param>
/// <param name="Folders">Standard library and shared libraries; no folder lies in another.</param>
/// <param name="Harness">Python that runs harness.py, compiled beforehand: compiling took a fifth of a short run.</param>
/// <param name="HarnessWithRules">The same with rules.py.</param>
internal sealed record PythonInstallation(
    string Executable, string Version, string? Loader, IReadOnlyList<string> Folders, string Harness, string HarnessWithRules)
{
    /// <exception cref="InvalidOperationException">The interpreter did not run or says too little.</exception>
    public static async Task<PythonInstallation> ProbeAsync(string executable, CancellationToken cancel)
    {
        var harness = EmbeddedText.Read("values.py") + "\n" + EmbeddedText.Read("harness.py");
        var start = new ProcessStartInfo(
            executable, ["-I", "-S", "-B", "-c", EmbeddedText.Read("probe.py"), harness, EmbeddedText.Read("rules.py") + "\n" + harness])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = await process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{executable} ended with code {process.ExitCode}: {errors.Trim()}");

            return Parse(executable, await output);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static PythonInstallation Parse(string executable, string output)
    {
        var facts = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToLookup(pair => pair[0], pair => pair[1]);
        var folders = facts["folder"].Select(folder => folder.TrimEnd('/')).Distinct().ToList();
        folders.RemoveAll(folder => folders.Any(other => folder.StartsWith(other + "/", StringComparison.Ordinal)));
        return new PythonInstallation(executable, facts["version"].Single(), facts["loader"].FirstOrDefault(), folders, facts["harness"].First(), facts["harness"].Last());
    }
}
