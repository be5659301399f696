using System.Runtime.InteropServices;

namespace Tutor.Core.Courses.Reading;

/// <summary>Refuses links in a pack. What a pack holds is read by every student, and a link can lead to any file that Tutor may read.</summary>
internal static partial class PackLinks
{
    /// <summary>Notes each symbolic link, hard link and thing that is no file, wherever it leads: what it leads to can change after the check.</summary>
    public static void Check(string root, PackProblems problems)
    {
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                var path = PackFolder.Join(folder, entry.Name);
                // Of .git and the like nothing is read.
                if (folder.Length == 0 && entry.Name.StartsWith('.') && entry.LinkTarget is null) continue;
                if (entry.LinkTarget is not null)
                    problems.Add(path, 1, "This is a symbolic link; Tutor follows none in a pack.", "Put the file itself there, or remove the link.");
                else if (entry is DirectoryInfo)
                    folders.Push(path);
                else if (Kind(entry.FullName) is { } kind)
                    problems.Add(path, 1, $"This is {kind}.", "Put a file of its own there: copy it instead of linking it.");
            }
        }
    }

    /// <returns>Null for a plain file with one name.</returns>
    private static string? Kind(string file)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var buffer = new byte[256];
        // AT_FDCWD, AT_SYMLINK_NOFOLLOW, STATX_TYPE | STATX_NLINK.
        if (Statx(-100, file, 0x100, 0x1 | 0x4, buffer) != 0) return "a file that cannot be looked at";
        // struct statx, Linux: stx_nlink is 4 bytes at 16, stx_mode 2 bytes at 28.
        var (names, mode) = (BitConverter.ToUInt32(buffer, 16), BitConverter.ToUInt16(buffer, 28));
        const int FileType = 0xF000, PlainFile = 0x8000;
        return (mode & FileType) != PlainFile ? "no file but a pipe, a socket or a device" : names > 1 ? "one file under several names (a hard link)" : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, [Out] byte[] buffer);
}
