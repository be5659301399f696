using LLama.Native;
using Tutor.Inference.Backends;

namespace Tutor.UnitTests.Inference.Backends;

public sealed class OnlyBackendTests
{
    private static readonly NativeLibraryConfig.Description description = new(null, NativeLibraryName.LLama, true, true, AvxLevel.Avx2, false, false, []);

    [Theory]
    [InlineData(LlamaBackend.Cpu, "avx2", "avx2")]
    [InlineData(LlamaBackend.Cuda12, "cuda12", "cuda12, avx2")]
    [InlineData(LlamaBackend.Cuda13, "cuda13", "cuda13, avx2")]
    [InlineData(LlamaBackend.Vulkan, "vulkan", "vulkan, avx2")]
    public void A_backend_is_tried_alone_and_nothing_after_it(LlamaBackend backend, string library, string folders)
    {
        var system = SystemInfo.Get() with { VulkanVersion = "1.3" };
        var choice = new OnlyBackend(backend);

        var chosen = Assert.Single(choice.Apply(description, system, null));

        Assert.Equal([$"runtimes/linux-x64/native/{library}/libllama.so"], chosen.Prepare(system, null));
        Assert.Equal(folders, string.Join(", ", choice.Folders.Select(Path.GetFileName)));
    }

    [Fact]
    public void Without_a_driver_for_Vulkan_there_is_nothing_to_try()
    {
        var system = SystemInfo.Get() with { VulkanVersion = null };

        var choice = new OnlyBackend(LlamaBackend.Vulkan);

        Assert.Empty(choice.Apply(description, system, null).SelectMany(library => library.Prepare(system, null)));
        Assert.Empty(choice.Folders);
    }
}
