using System.Diagnostics;
using System.Globalization;

namespace Tutor.Sandbox.Bubblewrap;

/// <summary>Composes the command that starts one sandbox: sh, setpriv, prlimit, bwrap and Python, each replacing the one before.</summary>
/// <remarks>Every part is an argument of its own; nothing of a request is among them.</remarks>
internal sealed class SandboxCommand(HostTools tools, PythonInstallation python, SandboxOptions options) : IDisposable
{
    // bwrap reads the filter from an open descriptor, which .NET cannot hand to a child. The shell opens it, offers the
    // kernel this process first should memory run out, and is gone.
    private const string OpenFilter = """exec 3<"$0"; { echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null; exec "$@" """;

    private readonly Lock fileGate = new();
    private string? filterFolder;

    /// <summary>Limit on processes that the harness must set inside its user namespace, where Linux 5.14 and newer count only
    /// what is inside; 0 where each slot has a user id of its own and the limit is set before.</summary>
    /// <remarks>Under a user id shared with Tutor itself, Tutor's own threads would count.</remarks>
    public int ProcessesForHarness => tools.Setpriv is null ? options.Processes : 0;

    /// <param name="slot">Counts from 0; decides the user id.</param>
    public ProcessStartInfo Compose(int slot, TimeSpan programTimeout, bool withRules)
    {
        var start = new ProcessStartInfo(tools.Shell)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var argument in Arguments(slot, programTimeout, withRules))
            start.ArgumentList.Add(argument);
        return start;
    }

    private IEnumerable<string> Arguments(int slot, TimeSpan programTimeout, bool withRules)
    {
        IEnumerable<string> user = tools.Setpriv is null ? [] :
            [tools.Setpriv, $"--reuid={options.UidBase + slot}", $"--regid={options.UidBase + slot}", "--clear-groups", "--no-new-privs"];
        return
        [
            "-c", OpenFilter, FilterPath(), .. user, tools.Prlimit, .. Limits(programTimeout),
            tools.Bwrap, .. Namespaces(), .. Files(), "--seccomp", "3",
            "--", python.Executable, "-s", "-S", "-B", "-c", withRules ? python.HarnessWithRules : python.Harness,
        ];
    }

    private List<string> Limits(TimeSpan programTimeout)
    {
        // The wall limit of the harness comes first; these hold should the harness be outwitted.
        var cpu = (long)Math.Ceiling(programTimeout.TotalSeconds) + 2;
        List<string> limits =
        [
            $"--cpu={cpu}:{cpu + 1}", $"--as={(long)options.MemoryMegabytes << 20}", "--fsize=1048576", "--nofile=64", "--core=0", "--stack=8388608",
        ];

        if (tools.Setpriv is not null)
            limits.Add($"--nproc={options.Processes}");
        return limits;
    }

    /// <summary>Sets in the same order at every run: a verdict must not change from one try to the next. Python's -I would keep random seeds;
    /// what it is for holds without it, as no other variable is set and the harness takes the working folder off the import path.</summary>
    private static readonly string[] HashSeed = ["--setenv", "PYTHONHASHSEED", "0"];

    // --as-pid-1: signals from inside do not reach the harness, and it can kill everything else with one call.
    private static string[] Namespaces() =>
    [
        "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--as-pid-1",
        "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534", "--hostname", "sandbox", "--clearenv", .. HashSeed,
    ];

    // No /proc: it would let a program write to the harness's memory. No --dev: its /dev/shm has no size limit.
    // The root itself is a tmpfs and would be as large as half the memory, hence read-only.
    private IEnumerable<string> Files() =>
    [
        .. python.Folders.SelectMany(folder => (string[])["--ro-bind", folder, folder]),
        .. IsShown(python.Executable) ? Array.Empty<string>() : ["--ro-bind", python.Executable, python.Executable],
        .. python.Loader is null || IsShown(python.Loader) ? Array.Empty<string>() : ["--ro-bind", python.Loader, python.Loader],
        "--dev-bind", "/dev/null", "/dev/null", "--size", "4194304", "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/tmp",
    ];

    private bool IsShown(string path) => python.Folders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>A file only this user can reach; written again when a cleaner of /tmp took it away.</summary>
    private string FilterPath()
    {
        lock (fileGate)
        {
            if (filterFolder is null || !File.Exists(Path.Combine(filterFolder, "seccomp.bpf")))
            {
                filterFolder = Directory.CreateTempSubdirectory("tutor-sandbox-").FullName;
                File.WriteAllBytes(Path.Combine(filterFolder, "seccomp.bpf"), tools.Filter);
            }

            return Path.Combine(filterFolder, "seccomp.bpf");
        }
    }

    public void Dispose()
    {
        lock (fileGate)
        {
            if (filterFolder is not null && Directory.Exists(filterFolder))
                Directory.Delete(filterFolder, recursive: true);
            filterFolder = null;
        }
    }
}
