using System.Runtime.InteropServices;
using Tutor.Sandbox.Seccomp;

namespace Tutor.Sandbox.Bubblewrap;

/// <summary>The programs of this machine that a sandbox is made of, and the filter for its processor.</summary>
/// <param name="Setpriv">Null where Tutor does not run as root: then it has no other user id to take.</param>
/// <param name="Python">The interpreter itself, links followed.</param>
internal sealed record HostTools(string Shell, string? Setpriv, string Prlimit, string Bwrap, string Python, byte[] Filter)
{
    // Not PATH: what runs here with Tutor's rights should not depend on how Tutor was started.
    private static readonly string[] ProgramFolders = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin"];

    /// <returns>The tools, or a sentence that says what is missing and how to get it.</returns>
    public static (HostTools? Tools, string? OffReason) Find(SandboxOptions options)
    {
        if (!OperatingSystem.IsLinux())
            return (null, "Programs are not run on this machine: the sandbox needs Linux.");
        if (SeccompFilter.For(RuntimeInformation.ProcessArchitecture) is not { } filter)
            return (null, $"Programs are not run on this machine: no system call filter is written for {RuntimeInformation.ProcessArchitecture} processors (only x86-64 and arm64).");

        if (Locate("sh") is not { } shell)
            return (null, "Programs are not run on this machine: it has no /bin/sh.");
        if (Locate(options.BwrapPath) is not { } bwrap)
            return (null, $"Programs are not run on this machine: '{options.BwrapPath}' (bubblewrap) was not found. Install the package bubblewrap, or set Sandbox:BwrapPath, and start Tutor again.");
        if (Locate("prlimit") is not { } prlimit)
            return (null, "Programs are not run on this machine: prlimit was not found. Install the package util-linux and start Tutor again.");
        var setpriv = Environment.IsPrivilegedProcess ? Locate("setpriv") : null;
        if (Environment.IsPrivilegedProcess && setpriv is null)
            return (null, "Programs are not run on this machine: Tutor runs as root and setpriv, which gives each sandbox a user id of its own, was not found. Install the package util-linux, or run Tutor as another user.");
        if (Locate(options.PythonPath) is not { } python)
            return (null, $"Programs are not run on this machine: '{options.PythonPath}' was not found. Install Python 3, or set Sandbox:PythonPath, and start Tutor again.");
        if (!IsElf(python))
            return (null, $"Programs are not run on this machine: '{python}' is a script, not a Python interpreter (a version manager's shim?). Set Sandbox:PythonPath to the interpreter itself.");

        return (new HostTools(shell, setpriv, prlimit, bwrap, python, filter), null);
    }

    private static string? Locate(string program)
    {
        var paths = program.Contains('/', StringComparison.Ordinal) ? [program] : ProgramFolders.Select(folder => Path.Combine(folder, program));
        return paths.Where(File.Exists).Select(path => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path)).FirstOrDefault();
    }

    private static bool IsElf(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("\u007fELF"u8);
    }
}
