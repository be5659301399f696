using System.Runtime.InteropServices;

namespace Tutor.Inference.Backends;

/// <summary>Two calls of the C library that llama.cpp runs on.</summary>
internal static partial class CLibrary
{
    /// <summary>Sets what native code reads with <c>getenv</c>; .NET keeps an environment of its own.</summary>
    public static void SetEnvironment(string name, string value) => _ = SetEnv(name, value, 1);

    /// <summary>Gives freed pages back to the system: an engine's thread leaves an arena behind that glibc would keep otherwise.</summary>
    public static void Trim()
    {
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc, with habits of its own.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}
