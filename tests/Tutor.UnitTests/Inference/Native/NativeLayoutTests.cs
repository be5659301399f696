using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Native;

namespace Tutor.UnitTests.Inference.Native;

public sealed class NativeLayoutTests
{
    public NativeLayoutTests() => NativeRuntime.Load(LlamaBackend.Built, NullLogger.Instance);

    [Fact]
    public void The_library_has_the_structs_that_are_written_down_here() => Assert.Empty(NativeLayout.Differences());

    [Fact]
    public void A_struct_that_grew_in_the_library_is_noticed()
    {
        var found = new List<string>();

        NativeLayout.Guarded<OneFieldShort>(found, "llama_model_default_params");

        Assert.Contains("llama_model_default_params fills more than 72 bytes", found);
    }

    [Fact]
    public void Another_backend_in_the_same_process_is_refused()
    {
        var other = NativeRuntime.Built == LlamaBackend.Cpu ? LlamaBackend.Cuda12 : LlamaBackend.Cpu;

        var error = Assert.Throws<NativeLibraryException>(() => NativeRuntime.Load(other, NullLogger.Instance));

        Assert.Contains("a process of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_device_to_compute_on() => Assert.NotEmpty(NativeRuntime.Devices());

    [StructLayout(LayoutKind.Sequential, Size = 72)]
    private struct OneFieldShort;
}
