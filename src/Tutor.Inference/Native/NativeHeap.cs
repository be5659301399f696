using System.Runtime.InteropServices;

namespace Tutor.Inference.Native;

/// <summary>The C library's heap, which llama.cpp allocates from.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives freed pages back to the system: an engine's thread leaves an arena behind that glibc would keep otherwise.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc, with habits of its own.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
