using LLama.Abstractions;
using LLama.Native;

namespace Tutor.Inference.Backends;

/// <summary>Tells LLamaSharp to load one backend's libraries, and those for this processor beside them.</summary>
/// <remarks>Its own policy goes on to the processor's alone where a card's cannot be loaded: a hundred times slower, and without a word.</remarks>
internal sealed class OnlyBackend(LlamaBackend backend) : INativeLibrarySelectingPolicy
{
    /// <summary>Where the chosen libraries lie, once LLamaSharp has asked; none where LLamaSharp knows of no driver for them.</summary>
    public IReadOnlyList<string> Folders { get; private set; } = [];

    public IEnumerable<INativeLibrary> Apply(NativeLibraryConfig.Description description, SystemInfo systemInfo, NativeLogConfig.LLamaLogCallback? logCallback)
    {
        var (name, level) = (description.Library, description.AvxLevel);
        var processor = new NativeLibraryWithAvx(name, level, skipCheck: true);
        INativeLibrary chosen = backend switch
        {
            LlamaBackend.Cuda12 => new NativeLibraryWithCuda(12, name, level, skipCheck: true),
            LlamaBackend.Cuda13 => new NativeLibraryWithCuda(13, name, level, skipCheck: true),
            LlamaBackend.Vulkan => new NativeLibraryWithVulkan(systemInfo.VulkanVersion, name, level, skipCheck: true),
            _ => processor,
        };
        List<string> own = [.. chosen.Prepare(systemInfo, logCallback)];
        Folders = own.Count == 0 ? [] : [.. own.Concat(processor.Prepare(systemInfo, logCallback)).Select(Folder).Distinct()];
        return [chosen];
    }

    private static string Folder(string library) => Path.Combine(AppContext.BaseDirectory, Path.GetDirectoryName(library)!);
}
