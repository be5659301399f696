using System.Text.Json;

namespace Tutor.Inference.Models;

/// <summary>Which parts of a file are on disk already, kept beside it so that a broken download goes on where it was.</summary>
internal sealed class DownloadParts
{
    private readonly string path;
    private readonly Lock gate = new();
    private readonly bool[] done;
    private readonly Queue<int> open;
    private readonly HubFileInfo file;
    private readonly int partBytes;

    private DownloadParts(string path, HubFileInfo file, int partBytes, bool[] done)
    {
        (this.path, this.file, this.partBytes, this.done) = (path, file, partBytes, done);
        open = new(Enumerable.Range(0, done.Length).Where(part => !done[part]));
    }

    /// <summary>Bytes of the parts that are complete.</summary>
    public long BytesDone => Enumerable.Range(0, done.Length).Where(part => done[part]).Sum(Length);

    /// <summary>Continues what is written at <paramref name="path"/> where it belongs to the same file, else begins anew.</summary>
    public static DownloadParts Open(string path, HubFileInfo file, int partBytes)
    {
        if (File.Exists(path) && Read(path) is { } saved && saved.Tag == file.Tag && saved.Size == file.Size)
            return new(path, file, saved.PartBytes, saved.Done);
        return new(path, file, partBytes, new bool[(file.Size + partBytes - 1) / partBytes]);
    }

    /// <returns>The next part to fetch; false when none is left.</returns>
    public bool TryTake(out int part)
    {
        lock (gate) return open.TryDequeue(out part);
    }

    public long Start(int part) => (long)part * partBytes;

    public long Length(int part) => Math.Min(partBytes, file.Size - Start(part));

    public void Finished(int part)
    {
        lock (gate)
        {
            done[part] = true;
            // Written aside and moved, so that a kill in between leaves the older state and not half of the newer.
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(new Saved(file.Tag, file.Size, partBytes, done)));
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    private static Saved? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Saved>(File.ReadAllText(path));
        }
        catch (JsonException)
        {
            // Then nothing is known to be complete, and all of it is fetched again.
            return null;
        }
    }

    private sealed record Saved(string Tag, long Size, int PartBytes, bool[] Done);
}
