using System.Text;

namespace Tutor.Core.Courses.Reading;

/// <summary>The files of one pack, read with limits.</summary>
internal sealed class PackFolder(string root, PackProblems problems)
{
    /// <summary>A course's texts are written by people: its longest file is some tens of kilobytes.</summary>
    public const int LargestFile = 256 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public PackProblems Problems => problems;

    public bool HasFile(string path) => File.Exists(Full(path));

    public bool HasFolder(string path) => Directory.Exists(Full(path));

    /// <summary>Names of the files directly in a folder, sorted; files whose name starts with a dot are nobody's business.</summary>
    public IReadOnlyList<string> FileNames(string path = "") => Names(path, Directory.EnumerateFiles);

    public IReadOnlyList<string> FolderNames(string path = "") => Names(path, Directory.EnumerateDirectories);

    /// <returns>Null, with a problem noted, when the file is missing, too large or not UTF-8.</returns>
    public PackText? Require(string path, string fix)
    {
        if (HasFile(path)) return Read(path);
        problems.Add(path, 1, "The file is missing.", fix);
        return null;
    }

    /// <returns>Null when there is no such file, or it cannot be read (then with a problem noted). Line ends are '\n'.</returns>
    public PackText? Read(string path)
    {
        if (!HasFile(path)) return null;

        var size = new FileInfo(Full(path)).Length;
        if (size > LargestFile)
        {
            problems.Add(path, 1, $"The file has {size / 1024} KB; Tutor reads up to {LargestFile / 1024} KB.", "Split it or shorten it.");
            return null;
        }

        var bytes = File.ReadAllBytes(Full(path));
        try
        {
            var text = Strict.GetString(bytes).TrimStart('\ufeff');
            return new(path, TextLines.Plain(text), problems);
        }
        catch (DecoderFallbackException bad)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(bad.Index, 0, bytes.Length)).Count((byte)'\n');
            problems.Add(path, line, "The file is not UTF-8 text.", "Save it again with the encoding UTF-8.");
            return null;
        }
    }

    /// <summary>Notes every file of a folder that no part of the pack reads, because a misspelt name would otherwise be silently left out.</summary>
    public void OnlyFiles(string path, IReadOnlyCollection<string> known, string fix)
    {
        foreach (var name in FileNames(path).Where(n => !known.Contains(n) && n != "README.md"))
        {
            var near = DidYouMean.Find(name, known);
            problems.Add(Join(path, name), 1, "No part of a course pack has this name.", near is null ? fix : $"Did you mean {near}? Rename or remove the file.");
        }
    }

    public static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private string Full(string path) => Path.Combine(root, path);

    private List<string> Names(string path, Func<string, IEnumerable<string>> enumerate)
    {
        if (!HasFolder(path)) return [];
        var names = enumerate(Full(path)).Select(full => Path.GetFileName(full)!).Where(name => !name.StartsWith('.') && name != "__pycache__");
        return [.. names.Order(StringComparer.Ordinal)];
    }
}
