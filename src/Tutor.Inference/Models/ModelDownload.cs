using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Tutor.Inference.Models;

/// <summary>Fetches a file from a hub in parallel parts, goes on after breaks, and gives it its name only when its checksum is right.</summary>
public sealed class ModelDownload(ModelHub hub, DownloadOptions options)
{
    /// <summary>Fetches the file into a folder. What was fetched before a break or a cancellation is used by the next call.</summary>
    /// <param name="progress">Told the bytes on disk so far, at most once per network read.</param>
    /// <param name="sha256">The checksum to hold the file to; null takes the hub's.</param>
    /// <returns>The finished file.</returns>
    /// <exception cref="ModelDownloadException">The file is not there, does not fit, broke off too often or has another checksum.</exception>
    public async Task<ModelFile> FetchAsync(HubFile file, ModelFolder folder, IProgress<DownloadProgress>? progress, string? sha256, CancellationToken cancel)
    {
        var info = await hub.FindAsync(file, cancel);
        var expected = (sha256 ?? info.Sha256)?.ToLowerInvariant()
            ?? throw new ModelDownloadException($"The hub names no SHA-256 for {file}. Give it with --sha256 <digits>, from a source you trust.");
        if (folder.Find(file.Name) is { } there && there.Sha256 == expected) return there;

        var target = folder.PathOf(file.Name);
        var part = target + ".part";
        var parts = DownloadParts.Open(part + ".json", info, options.PartBytes);
        folder.MakeRoom(info.Size - (File.Exists(part) ? new FileInfo(part).Length : 0), options.Reserve);
        // The room is taken at once: a disk that fills up meanwhile would be found out after hours.
        if (!File.Exists(part)) File.OpenHandle(part, FileMode.CreateNew, FileAccess.Write, preallocationSize: info.Size).Dispose();
        using (var output = File.OpenHandle(part, FileMode.Open, FileAccess.Write, FileShare.Read))
        {
            if (RandomAccess.GetLength(output) != info.Size) RandomAccess.SetLength(output, info.Size);
            await FetchPartsAsync(file, info, parts, output, progress, cancel);
            RandomAccess.FlushToDisk(output);
        }
        var actual = await Checksum.OfFileAsync(part, cancel);
        File.Delete(part + ".json");
        if (actual != expected)
        {
            File.Delete(part);
            throw new ModelDownloadException($"{file} arrived with SHA-256 {actual} instead of {expected} and was deleted. Fetch it again; if it happens twice, the source is not what it says.");
        }
        File.Move(part, target, overwrite: true);
        return folder.Record(new ModelFile(file.Name, info.Size, expected, file.ToString(), DateTimeOffset.UtcNow));
    }

    private async Task FetchPartsAsync(HubFile file, HubFileInfo info, DownloadParts parts, SafeFileHandle output, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        var meter = new DownloadMeter(info.Size, parts.BytesDone, progress);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var workers = Enumerable.Range(0, options.Connections).Select(async _ =>
        {
            try
            {
                while (parts.TryTake(out var part))
                {
                    await FetchPartAsync(file, parts.Start(part), parts.Length(part), output, meter, failed.Token);
                    parts.Finished(part);
                }
            }
            catch
            {
                await failed.CancelAsync();
                throw;
            }
        }).ToList();
        try
        {
            await Task.WhenAll(workers);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // One worker's failure cancelled the others; its own error is the one to report.
            throw workers.Select(worker => worker.Exception?.InnerException).OfType<ModelDownloadException>().First();
        }
    }

    // Goes on behind the last byte that arrived. A connection that brought bytes has not failed in a row.
    private async Task FetchPartAsync(HubFile file, long start, long length, SafeFileHandle output, DownloadMeter meter, CancellationToken cancel)
    {
        long received = 0;
        var failures = 0;
        while (received < length)
        {
            var before = received;
            try
            {
                received += await ReadAsync(file, start + received, start + length - 1, output, meter, cancel);
                if (received < length) throw new IOException("the connection ended early");
            }
            catch (PartialReadException broken)
            {
                received += broken.Received;
                failures = received > before ? 1 : failures + 1;
                if (failures >= options.Attempts || broken.InnerException is HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized })
                    throw new ModelDownloadException($"{file} broke off: {broken.InnerException!.Message}. What has arrived is kept; run the same command again to go on.", broken);
                await Task.Delay(options.Pause * Math.Pow(2, failures - 1), cancel);
            }
        }
    }

    private async Task<long> ReadAsync(HubFile file, long from, long to, SafeFileHandle output, DownloadMeter meter, CancellationToken cancel)
    {
        long received = 0;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            silence.CancelAfter(options.Silence);
            using var response = await hub.OpenAsync(file, from, to, silence.Token);
            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != from)
                throw new ModelDownloadException("The hub does not send parts of files, so a download could not go on after a break. Fetch the file elsewhere and run \"tutor models add <file>\".");
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            var buffer = new byte[128 << 10];
            while (from + received <= to)
            {
                silence.CancelAfter(options.Silence);
                var count = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, to - from - received + 1)), silence.Token);
                if (count == 0) throw new IOException("the connection ended early");
                await RandomAccess.WriteAsync(output, buffer.AsMemory(0, count), from + received, cancel);
                received += count;
                meter.Add(count);
            }
            return received;
        }
        catch (Exception error) when (error is HttpRequestException or IOException || error is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw new PartialReadException(received, error is OperationCanceledException ? new IOException($"no byte came within {options.Silence.TotalSeconds:0.#} s", error) : error);
        }
    }

    private sealed class PartialReadException(long received, Exception cause) : Exception(cause.Message, cause)
    {
        public long Received { get; } = received;
    }
}
