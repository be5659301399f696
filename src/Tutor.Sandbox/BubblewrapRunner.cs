using System.ComponentModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Sandbox.Bubblewrap;
using Tutor.Sandbox.Results;

namespace Tutor.Sandbox;

/// <summary>Runs student programs under bubblewrap: no network, no files but Python's own, limits on time, memory, processes
/// and disk, a system call filter, and a user id per slot where Tutor runs as root.</summary>
/// <remarks>Off where a part is missing or the sandbox does not hold in a test of itself; nothing ever runs outside it.
/// The test runs once, at the first run or at <see cref="PrepareAsync"/>.</remarks>
public sealed class BubblewrapRunner : ICodeRunner, IDisposable
{
    private readonly SandboxOptions options;
    private readonly ILogger<BubblewrapRunner> log;
    private readonly SlotQueue slots;
    private readonly HostTools? tools;
    private readonly Lazy<Task<SandboxCommand?>> ready;
    private volatile string? offReason;

    public BubblewrapRunner(IOptions<SandboxOptions> options, ILogger<BubblewrapRunner> log)
    {
        this.options = options.Value;
        this.log = log;
        slots = new SlotQueue(this.options.SlotCount, this.options.QueueLimit);
        (tools, offReason) = HostTools.Find(this.options);
        ready = new Lazy<Task<SandboxCommand?>>(() => Task.Run(TestAsync));
    }

    /// <inheritdoc/>
    public string? OffReason => offReason;

    /// <inheritdoc/>
    public string? PythonVersion { get; private set; }

    /// <summary>Waits for the sandbox's test of itself; afterwards <see cref="OffReason"/> is final.</summary>
    public Task PrepareAsync(CancellationToken cancel) => ready.Value.WaitAsync(cancel);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The timeout is not above 0 and at most 10 minutes.</exception>
    public async Task<IReadOnlyList<ProgramRun>> RunAsync(RunRequest request, CancellationToken cancel)
    {
        if (request.ProgramTimeout <= TimeSpan.Zero || request.ProgramTimeout > TimeSpan.FromMinutes(10))
            throw new ArgumentException($"The limit of a program must lie above 0 and at most at 10 minutes; it is {request.ProgramTimeout}.", nameof(request));
        var command = await ready.Value.WaitAsync(cancel) ?? throw new SandboxUnavailableException(offReason!);
        var slot = await slots.TakeAsync(cancel);
        var sandbox = Task.CompletedTask;
        try
        {
            return await RunInSlotAsync(command, slot, request, started => sandbox = started, cancel);
        }
        finally
        {
            _ = ReturnAfterAsync(sandbox, slot);
        }
    }

    /// <summary>Results are there before the kernel has cleared the sandbox away; the slot is not.</summary>
    private async Task ReturnAfterAsync(Task sandbox, int slot)
    {
        await sandbox.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a failure has reached the caller, who waited for the results
        slots.Return(slot);
    }

    /// <summary>A sandbox may end before its last program: killed by one of them, or because one left files behind that
    /// the next must not find. The rest runs in a fresh one.</summary>
    private async Task<IReadOnlyList<ProgramRun>> RunInSlotAsync(
        SandboxCommand command, int slot, RunRequest request, Action<Task> started, CancellationToken cancel)
    {
        var runs = new List<ProgramRun>(request.Programs.Count);
        while (runs.Count < request.Programs.Count)
        {
            var report = new RunReport([.. request.Programs.Skip(runs.Count)], request.Calls.Count);
            var sandbox = SandboxProcess.RunAsync(
                command.Compose(slot, request.ProgramTimeout, request.Forbidden.Count > 0),
                RequestWriter.Write(request, runs.Count, options.OutputKilobytes, command.ProcessesForHarness),
                report.Accept,
                new OuterLimits(
                    request.ProgramTimeout + TimeSpan.FromMilliseconds(options.WallExtraMilliseconds),
                    (long)options.MemoryMegabytes * 2 << 20,
                    (options.OutputKilobytes + 64L << 10) * request.Programs.Count),
                cancel);
            started(sandbox);
            await Task.WhenAny(report.AllEnded, sandbox);
            var exit = report.AllEnded.IsCompleted ? null : await sandbox;
            cancel.ThrowIfCancellationRequested();

            var begun = report.Programs.TakeWhile(program => program.HasBegun).ToList();
            if (begun.Count == 0)
                throw new SandboxUnavailableException($"The sandbox did not start (exit code {exit?.Code}): {exit?.Errors.Trim()}");
            runs.AddRange(begun.Select(program => program.ToRun(exit?.Cause ?? KillCause.None)));
        }

        return runs;
    }

    private async Task<SandboxCommand?> TestAsync()
    {
        if (tools is null)
            return null;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        SandboxCommand? command = null;
        try
        {
            var python = await PythonInstallation.ProbeAsync(tools.Python, limit.Token);
            PythonVersion = python.Version;
            command = new SandboxCommand(tools, python, options);
            var run = (await RunInSlotAsync(command, options.SlotCount, SelfTest.Request, _ => { }, limit.Token))[0];
            offReason = SelfTest.FindFault(run);
        }
        catch (Exception failure) when (failure is SandboxUnavailableException or InvalidOperationException or IOException or Win32Exception or OperationCanceledException)
        {
            offReason = SelfTest.Explain(failure);
        }

        if (offReason is null)
            return command;
        log.LogWarning("Student programs are not run: {Reason}", offReason);
        command?.Dispose();
        return null;
    }

    /// <summary>Removes the filter's file. Runs under way must have ended.</summary>
    public void Dispose()
    {
        if (ready.IsValueCreated && ready.Value is { IsCompletedSuccessfully: true, Result: { } command })
            command.Dispose();
    }
}
