using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Tutor.Core.Evidence;
using Tutor.Sandbox.Results;

namespace Tutor.Sandbox.Bubblewrap;

/// <summary>How the process of a sandbox ended.</summary>
/// <param name="Errors">What the tools wrote to standard error; student code cannot write there.</param>
/// <param name="Cause">Whether, and why, it was killed from outside.</param>
internal sealed record SandboxExit(int Code, string Errors, KillCause Cause);

/// <summary>Why a sandbox was killed from outside. Wall: the harness did not keep its own limits.</summary>
internal enum KillCause { None, Wall, Memory }

/// <param name="Wall">Longest time without the end of a program, see <see cref="RunReport.IsEnd"/>.</param>
/// <param name="MemoryBytes">For all processes together, see <see cref="ProcessTree.MemoryBytes"/>.</param>
/// <param name="OutputBytes">For the whole run.</param>
internal sealed record OuterLimits(TimeSpan Wall, long MemoryBytes, long OutputBytes);

/// <summary>Starts one sandbox, feeds it its request, hands on its lines and sees to its end.</summary>
internal sealed partial class SandboxProcess : IDisposable
{
    private const int KillSignal = 9;

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly Action<ReadOnlyMemory<byte>> accept;
    private readonly OuterLimits limits;
    private volatile KillCause cause;
    private int isEnding;

    private SandboxProcess(ProcessStartInfo start, Action<ReadOnlyMemory<byte>> accept, OuterLimits limits)
    {
        process = new Process { StartInfo = start };
        this.accept = accept;
        this.limits = limits;
    }

    /// <param name="accept">Called for each line, without its end, on one thread.</param>
    /// <remarks>The run has a thread of its own, not for speed: <c>--die-with-parent</c> means the death of the thread
    /// that started bwrap, and a thread of the pool may be retired at any time.</remarks>
    public static Task<SandboxExit> RunAsync(
        ProcessStartInfo start, byte[] request, Action<ReadOnlyMemory<byte>> accept, OuterLimits limits, CancellationToken cancel) =>
        Task.Factory.StartNew(
            () =>
            {
                using var sandbox = new SandboxProcess(start, accept, limits);
                return sandbox.Run(request, cancel);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private SandboxExit Run(byte[] request, CancellationToken cancel)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new SandboxUnavailableException($"The sandbox could not be started: {failure.Message}", failure);
        }

        var id = process.Id;
        using var wall = new Timer(_ => End(id, KillCause.Wall), null, limits.Wall, Timeout.InfiniteTimeSpan);
        using var memory = new Timer(_ => WatchMemory(id), null, WatchInterval, WatchInterval);
        using var cancellation = cancel.Register(() => ThreadPool.QueueUserWorkItem(_ => End(id, KillCause.None)));
        var feeding = FeedAsync(process.StandardInput.BaseStream, request);
        var isRead = false;
        try
        {
            isRead = ReadLines(() => wall.Change(limits.Wall, Timeout.InfiniteTimeSpan));
        }
        finally
        {
            if (!isRead || !process.WaitForExit(Patience))
                End(id, KillCause.None);
        }

        process.WaitForExit();
        var errors = process.StandardError.ReadToEnd();
        feeding.GetAwaiter().GetResult();
        return new SandboxExit(process.ExitCode, errors.Length > 2000 ? errors[..2000] : errors, cause);
    }

    public void Dispose() => process.Dispose();

    private static async Task FeedAsync(Stream input, byte[] request)
    {
        try
        {
            await using (input)
                await input.WriteAsync(request);
        }
        catch (IOException)
        {
            // The sandbox ended before it read everything; its exit says why.
        }
    }

    /// <returns>False when the sandbox wrote too much; the rest is not read.</returns>
    private bool ReadLines(Action programEnded)
    {
        var output = process.StandardOutput.BaseStream;
        var line = new MemoryStream();
        var buffer = new byte[65536];
        long total = 0;
        for (int count; (count = output.Read(buffer)) > 0;)
        {
            if ((total += count) > limits.OutputBytes)
                return false;

            var rest = buffer.AsSpan(0, count);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                line.Write(rest[..end]);
                var text = line.ToArray();
                line.SetLength(0);
                accept(text);
                if (RunReport.IsEnd(text))
                    programEnded();
            }

            line.Write(rest);
        }

        return true;
    }

    private void WatchMemory(int id)
    {
        if (ProcessTree.MemoryBytes(id) > limits.MemoryBytes)
            End(id, KillCause.Memory);
    }

    /// <summary>Kills what bwrap started, process 1 of the namespace, and with it all others there. bwrap sees that and ends.</summary>
    /// <remarks>bwrap itself is killed only when that does not help: its child would be an orphan, and in a container
    /// without an init nobody reaps orphans.</remarks>
    private void End(int id, KillCause why)
    {
        if (Interlocked.Exchange(ref isEnding, 1) == 1)
            return;
        try
        {
            if (process.HasExited)
                return;
            cause = why;
            var start = Stopwatch.GetTimestamp();
            do
            {
                foreach (var child in ProcessTree.ChildrenOf(id))
                    _ = SendSignal(child, KillSignal);
                if (process.WaitForExit(TimeSpan.FromMilliseconds(10)))
                    return;
            }
            while (Stopwatch.GetElapsedTime(start) < Patience);
            process.Kill();
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It ended meanwhile: nothing is left to kill.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
