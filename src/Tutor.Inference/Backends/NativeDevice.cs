using System.Runtime.InteropServices;
using LLama.Native;

namespace Tutor.Inference.Backends;

/// <summary>What computes.</summary>
/// <param name="FreeBytes">Memory that is free now, of <paramref name="TotalBytes"/>.</param>
internal sealed record NativeDevice(string Name, string Description, bool IsCard, long FreeBytes, long TotalBytes)
{
    private const string InMainMemory = "CPU";

    /// <summary>Devices in the order the library uses them.</summary>
    public static IReadOnlyList<NativeDevice> All() => [.. Enumerable.Range(0, (int)NativeApi.ggml_backend_dev_count()).Select(Read)];

    private static NativeDevice Read(int index)
    {
        var device = NativeApi.ggml_backend_dev_get((nuint)index);
        LlamaCalls.ggml_backend_dev_memory(device, out var free, out var total);
        var memory = Text(NativeApi.ggml_backend_buft_name(NativeApi.ggml_backend_dev_buffer_type(device)));
        return new(Text(NativeApi.ggml_backend_dev_name(device)), Text(LlamaCalls.ggml_backend_dev_description(device)), memory != InMainMemory, (long)free, (long)total);
    }

    private static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";
}
