using System.Diagnostics;
using Tutor.Inference.Models;

namespace Tutor.ModelHost.Models;

/// <summary>Shows a download on one line of a terminal, and every tenth of it in a log.</summary>
internal sealed class ConsoleProgress(string name) : IProgress<DownloadProgress>
{
    private readonly Lock gate = new();
    private readonly bool terminal = !Console.IsOutputRedirected;
    private long shownAt;
    private int shownTenth = -1;

    public void Report(DownloadProgress value)
    {
        lock (gate)
        {
            var tenth = (int)(value.Bytes * 10 / value.Total);
            var finished = value.Bytes == value.Total;
            if (terminal ? !finished && Stopwatch.GetElapsedTime(shownAt).TotalMilliseconds < 200 : tenth == shownTenth) return;
            (shownAt, shownTenth) = (Stopwatch.GetTimestamp(), tenth);
            var left = TimeSpan.FromSeconds((value.Total - value.Bytes) / Math.Max(1, value.BytesPerSecond));
            var line = $"{name}: {value.Bytes * 100.0 / value.Total,5:0.0} % of {value.Total / 1e9:0.00} GB, {value.BytesPerSecond / 1e6:0.0} MB/s, {left:h\\:mm\\:ss} left";
            if (terminal) Console.Write($"\r{line}   {(finished ? "\n" : "")}");
            else Console.WriteLine(line);
        }
    }
}
