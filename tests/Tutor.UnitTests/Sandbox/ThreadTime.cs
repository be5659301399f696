using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Tutor.UnitTests.Sandbox;

/// <summary>Processor time of the calling thread: unlike wall time it does not depend on what else the machine does.</summary>
internal static class ThreadTime
{
    private const int OfThisThread = 3; // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)

    /// <returns>The least of three, after one that is not counted: what compiling and the garbage collector take is not the work's.</returns>
    public static TimeSpan Of(Action work)
    {
        work();
        return Enumerable.Range(0, 3).Select(_ =>
        {
            var before = Now();
            work();
            return Now() - before;
        }).Min();
    }

    private static TimeSpan Now()
    {
        Assert.Equal(0, GetTime(OfThisThread, out var time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }

    // Not LibraryImport: that needs a project with unsafe code.
    [SuppressMessage("Interoperability", "SYSLIB1054")]
    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Time time);
}
