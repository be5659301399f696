using System.Globalization;

namespace Tutor.Sandbox.Bubblewrap;

/// <summary>Looks at the processes below one, as proc(5) shows them in /proc/PID/task/TID/children and /proc/PID/status.</summary>
internal static class ProcessTree
{
    /// <returns>Direct children; none where the process is gone or the kernel does not list children.</returns>
    public static IReadOnlyList<int> ChildrenOf(int process)
    {
        var children = new List<int>();
        try
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                foreach (var child in File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    children.Add(int.Parse(child, CultureInfo.InvariantCulture));
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended while being looked at: it has no children any more.
        }

        return children;
    }

    /// <summary>Memory of a process and all below it. The kernel's own limit holds for each process alone.</summary>
    /// <returns>Bytes of its own and shared, in memory or moved to swap, without files. Pages shared after a fork count once for each process, so a limit should leave room.</returns>
    public static long MemoryBytes(int process)
    {
        long kilobytes = 0;
        var waiting = new Stack<int>([process]);
        while (waiting.TryPop(out var next))
        {
            kilobytes += KilobytesOf(next);
            foreach (var child in ChildrenOf(next))
                waiting.Push(child);
        }

        return kilobytes << 10;
    }

    private static long KilobytesOf(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Where(IsCounted).Sum(line => long.Parse(line.AsSpan(line.IndexOf(':') + 1, line.Length - line.IndexOf(':') - "kB".Length - 1), CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0; // as above
        }
    }

    private static bool IsCounted(string line) =>
        line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal) || line.StartsWith("VmSwap:", StringComparison.Ordinal);
}
