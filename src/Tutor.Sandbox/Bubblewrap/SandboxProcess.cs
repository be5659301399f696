using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Tutor.Core.Evidence;
using Tutor.Sandbox.Results;

namespace Tutor.Sandbox.Bubblewrap;

/// <summary>How the process of a sandbox ended.</summary>
/// <param name="Errors">What the tools wrote to standard error; student code cannot write there.</param>
/// <param name="HitWall">Killed from outside because the harness did not keep its own limits.</param>
internal sealed record SandboxExit(int Code, string Errors, bool HitWall);

/// <summary>Starts one sandbox, feeds it its request, hands on its lines and sees to its end.</summary>
internal sealed partial class SandboxProcess : IDisposable
{
    private const int KillSignal = 9;

    private readonly Process process;
    private readonly Action<ReadOnlyMemory<byte>> accept;
    private readonly long mostBytes;
    private volatile bool hitWall;

    private SandboxProcess(ProcessStartInfo start, Action<ReadOnlyMemory<byte>> accept, long mostBytes)
    {
        process = new Process { StartInfo = start };
        this.accept = accept;
        this.mostBytes = mostBytes;
    }

    /// <param name="accept">Called for each line, without its end, on one thread.</param>
    /// <param name="wall">Longest time without an end-of-program line; see <see cref="RunReport.IsEnd"/>.</param>
    /// <param name="mostBytes">Output beyond which the sandbox is killed.</param>
    /// <remarks>The run has a thread of its own, not for speed: <c>--die-with-parent</c> means the death of the thread
    /// that started bwrap, and a thread of the pool may be retired at any time.</remarks>
    public static Task<SandboxExit> RunAsync(
        ProcessStartInfo start, byte[] request, Action<ReadOnlyMemory<byte>> accept, TimeSpan wall, long mostBytes, CancellationToken cancel) =>
        Task.Factory.StartNew(
            () =>
            {
                using var sandbox = new SandboxProcess(start, accept, mostBytes);
                return sandbox.Run(request, wall, cancel);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private SandboxExit Run(byte[] request, TimeSpan wall, CancellationToken cancel)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new SandboxUnavailableException($"The sandbox could not be started: {failure.Message}", failure);
        }

        using var timer = new Timer(_ => { hitWall = true; Kill(); }, null, wall, Timeout.InfiniteTimeSpan);
        using var cancellation = cancel.Register(Kill);
        var feeding = FeedAsync(process.StandardInput.BaseStream, request);
        try
        {
            ReadLines(() => timer.Change(wall, Timeout.InfiniteTimeSpan));
        }
        finally
        {
            Kill();
        }

        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        feeding.GetAwaiter().GetResult();
        return new SandboxExit(process.ExitCode, errors.Length > 2000 ? errors[..2000] : errors, hitWall);
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

    private void ReadLines(Action programEnded)
    {
        var output = process.StandardOutput.BaseStream;
        var line = new MemoryStream();
        var buffer = new byte[65536];
        long total = 0;
        for (int count; (count = output.Read(buffer)) > 0;)
        {
            if ((total += count) > mostBytes)
                return;

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
    }

    /// <summary>Ends the sandbox with all its processes: bwrap's death is its namespace's death; the group covers the moment before that holds.</summary>
    private void Kill()
    {
        try
        {
            if (process.HasExited)
                return;
            _ = SendSignal(-process.Id, KillSignal);
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended meanwhile, or was never started: nothing is left to kill.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
