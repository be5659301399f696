using System.Text.Json;

namespace Tutor.Inference.Models;

/// <summary>The folder with the model files of this machine; beside each file lies a small JSON file that says where it came from and its checksum.</summary>
/// <param name="path">The folder; made when the first file comes.</param>
/// <param name="quota">Most bytes of all model files together; null for what the disk has.</param>
public sealed class ModelFolder(string path, long? quota = null)
{
    private static readonly JsonSerializerOptions readable = new() { WriteIndented = true };

    public string PathOf(string name)
    {
        if (name != Path.GetFileName(name) || name.Length == 0)
            throw new ModelDownloadException($"\"{name}\" is not a file's name.");
        Directory.CreateDirectory(path);
        return Path.Combine(path, name);
    }

    /// <summary>The complete model files, by name.</summary>
    public IReadOnlyList<ModelFile> List() => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, "*.gguf").Order(StringComparer.Ordinal).Select(file => Find(Path.GetFileName(file))!)]
        : [];

    /// <returns>Null when there is no such file. One that was put there by hand has no checksum.</returns>
    public ModelFile? Find(string name)
    {
        var file = new FileInfo(Path.Combine(path, name));
        if (!file.Exists) return null;
        var notes = file.FullName + ".json";
        var known = File.Exists(notes) ? JsonSerializer.Deserialize<ModelFile>(File.ReadAllText(notes)) : null;
        // A file that was replaced is not the one the notes speak of.
        return known?.Size == file.Length ? known : new(name, file.Length, "", "put there by hand", file.LastWriteTimeUtc);
    }

    /// <summary>Copies a file in, for machines without a way to the hub.</summary>
    /// <param name="sha256">The checksum the file must have; null for any.</param>
    /// <exception cref="ModelDownloadException">There is no such file, it does not fit, is no GGUF or has another checksum.</exception>
    public async Task<ModelFile> AddAsync(string source, string? sha256, long reserve, CancellationToken cancel)
    {
        if (!File.Exists(source)) throw new ModelDownloadException($"There is no file {source}.");
        await using (var head = File.OpenRead(source))
        {
            var magic = new byte[4];
            if (await head.ReadAtLeastAsync(magic, 4, throwOnEndOfStream: false, cancel) < 4 || !magic.AsSpan().SequenceEqual("GGUF"u8))
                throw new ModelDownloadException($"{source} is not a GGUF file. Tutor runs models in this format only; most repositories name it in the file's ending.");
        }
        var name = Path.GetFileName(source);
        var target = PathOf(name);
        var size = new FileInfo(source).Length;
        MakeRoom(size, reserve);
        var part = target + ".part";
        await using (var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan))
        await using (var to = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20, FileOptions.Asynchronous))
            await from.CopyToAsync(to, 1 << 20, cancel);
        // The copy is read, not the source: a bad cable or disk shows here.
        var actual = await Checksum.OfFileAsync(part, cancel);
        if (sha256 is not null && !actual.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            File.Delete(part);
            throw new ModelDownloadException($"{source} has SHA-256 {actual} instead of {sha256}. Nothing was added.");
        }
        File.Move(part, target, overwrite: true);
        return Record(new(name, size, actual, Path.GetFullPath(source), DateTimeOffset.UtcNow));
    }

    /// <exception cref="ModelDownloadException">So many bytes more do not fit on the disk or into the quota.</exception>
    public void MakeRoom(long bytes, long reserve)
    {
        Directory.CreateDirectory(path);
        var free = new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace - reserve;
        if (bytes > free)
            throw new ModelDownloadException($"The file needs {Gigabytes(bytes)} and the disk of {path} has {Gigabytes(Math.Max(0, free))} to give, {Gigabytes(reserve)} staying free. Delete files there or name another folder with --folder.");
        var used = new DirectoryInfo(path).EnumerateFiles("*.gguf").Sum(file => file.Length);
        if (quota is { } most && used + bytes > most)
            throw new ModelDownloadException($"The file needs {Gigabytes(bytes)}; the models there have {Gigabytes(used)} and may have {Gigabytes(most)}. Delete some or raise --quota.");
    }

    internal ModelFile Record(ModelFile file)
    {
        File.WriteAllText(PathOf(file.Name) + ".json", JsonSerializer.Serialize(file, readable));
        return file;
    }

    private static string Gigabytes(long bytes) => $"{bytes / 1e9:0.0} GB";
}
