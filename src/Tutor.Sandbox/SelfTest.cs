using Tutor.Core.Evidence;

namespace Tutor.Sandbox;

/// <summary>The program that shows whether the sandbox holds here, and what to do where it does not.</summary>
internal static class SelfTest
{
    private const string Program = """
        import _socket, os

        def faults():
            found = []
            if os.getpid() == 1 or os.getuid() == 0:
                found.append("user or process ids are not separate")
            if set(os.listdir("/")) & {"etc", "home", "root", "proc", "sys", "var"}:
                found.append("files of the machine are visible")
            try:
                open("/written", "w").close()
                found.append("the root folder can be written to")
            except OSError:
                pass
            try:
                _socket.socket()
                found.append("the system call filter is not in force")
            except PermissionError:
                pass
            return ", ".join(found)
        """;

    /// <remarks>The limit is wide because it is the sandbox that is on trial, not this machine's speed.</remarks>
    public static RunRequest Request { get; } = new([Program], "", ["faults()"], TimeSpan.FromSeconds(8));

    /// <returns>Null when the sandbox holds.</returns>
    public static string? FindFault(ProgramRun run) => run.Calls[0] switch
    {
        { Value: PyStr { Value: "" } } => null,
        { Value: PyStr { Value: var faults } } => $"Programs are not run on this machine: the sandbox does not hold ({faults}).",
        { ExceptionType: { } type, ExceptionMessage: var message } => $"Programs are not run on this machine: the sandbox failed its test with {type}: {message}",
        _ => $"Programs are not run on this machine: the sandbox's test ended as {run.Outcome}{(run.ExceptionType is null ? "" : $" with {run.ExceptionType}: {run.ExceptionMessage}")}.",
    };

    public static string Explain(Exception failure)
    {
        var message = failure is OperationCanceledException ? "the sandbox's test took more than 20 s" : failure.Message;
        var isNamespaceRefusal = message.Contains("namespace", StringComparison.OrdinalIgnoreCase)
            || message.Contains("uid map", StringComparison.OrdinalIgnoreCase) || message.Contains("loopback", StringComparison.OrdinalIgnoreCase);
        var advice = isNamespaceRefusal
            ? " Allow unprivileged user namespaces: sysctl user.max_user_namespaces above 0; on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0 or a profile for bwrap; in Docker a seccomp profile that permits them."
            : "";
        return $"Programs are not run on this machine: {message.TrimEnd('.')}.{advice}";
    }
}
