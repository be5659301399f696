using System.Diagnostics;

namespace Tutor.Inference.Models;

/// <summary>Counts the bytes of all connections.</summary>
internal sealed class DownloadMeter(long total, long atStart, IProgress<DownloadProgress>? progress)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private long received;

    public void Add(int bytes)
    {
        var sum = Interlocked.Add(ref received, bytes);
        progress?.Report(new(atStart + sum, total, sum / Math.Max(0.001, Stopwatch.GetElapsedTime(began).TotalSeconds)));
    }
}
