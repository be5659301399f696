using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LLama.Native;
using Microsoft.Extensions.Logging.Abstractions;
using Tutor.Inference.Backends;
using Tutor.Inference.Embeddings;
using Tutor.Inference.Engine;

namespace Tutor.UnitTests.Inference.Backends;

/// <summary>What the engine takes for granted of LLamaSharp and its native libraries; the first to run after a change of their version.</summary>
public sealed class BackendLibrariesTests
{
    public BackendLibrariesTests() => BackendLibraries.Load(LlamaBackend.Built, NullLogger.Instance);

    [Fact]
    public void LLamaSharp_lays_out_the_structs_as_its_libraries_do()
    {
        Assert.True(Filled("llama_model_default_params") is var model && model <= Marshal.SizeOf<LLamaModelParams>(), $"llama_model_params has {model} bytes");
        Assert.True(Filled("llama_context_default_params") is var context && context <= Marshal.SizeOf<LLamaContextParams>(), $"llama_context_params has {context} bytes");
    }

    [Fact]
    public void Settings_that_the_engine_leaves_alone_have_the_defaults_it_was_written_for()
    {
        var model = LLamaModelParams.Default();
        var context = LLamaContextParams.Default();

        Assert.Equal((-1, GPUSplitMode.Layer, false, false, true), (model.n_gpu_layers, model.split_mode, model.vocab_only, model.check_tensors, model.use_extra_bufts));
        Assert.Equal((512u, 2048u, 512u, 1u, 0u, 0u), (context.n_ctx, context.n_batch, context.n_ubatch, context.n_seq_max, context.n_rs_seq, context.n_outputs_max));
        Assert.Equal((LLamaPoolingType.Unspecified, LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_AUTO, GGMLType.GGML_TYPE_F16, GGMLType.GGML_TYPE_F16),
            (context.llama_pooling_type, context.llama_flash_attn_type, context.type_k, context.type_v));
        Assert.Equal((false, true, true, true, true, false), (context.embeddings, context.offload_kqv, context.no_perf, context.op_offload, context.swa_full, context.kv_unified));
    }

    [Fact]
    public void Numbers_of_the_engines_own_settings_are_the_librarys()
    {
        Assert.Equal(["GGML_TYPE_F32", "GGML_TYPE_F16", "GGML_TYPE_Q4_0", "GGML_TYPE_Q8_0"], Enum.GetValues<KvCacheType>().Select(type => ((GGMLType)type).ToString()));
        Assert.Equal(["Mean", "CLS", "Last"], Enum.GetValues<EmbeddingPooling>().Select(pooling => ((LLamaPoolingType)pooling).ToString()));
    }

    [Fact]
    public void The_library_numbers_more_sequences_than_an_engine_may_have() => Assert.True(NativeApi.llama_max_parallel_sequences() >= 128 + 120);

    [Fact]
    public void Every_call_that_LLamaSharp_lacks_is_in_its_libraries()
    {
        foreach (var method in typeof(LlamaCalls).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            if (method.GetCustomAttribute<DllImportAttribute>() is not { } import) continue;
            Assert.True(NativeLibrary.TryGetExport(NativeLibrary.Load($"lib{import.Value}.so"), method.Name, out _), method.Name);
        }
    }

    [Fact]
    public void An_adapter_of_LLamaSharp_tells_its_pointer()
    {
        var adapter = (LoraAdapter)RuntimeHelpers.GetUninitializedObject(typeof(LoraAdapter));

        Assert.Equal(0, LlamaCalls.PointerOf(adapter));
    }

    [Fact]
    public void Another_backend_in_the_same_process_is_refused()
    {
        var other = BackendLibraries.Built == LlamaBackend.Cpu ? LlamaBackend.Cuda12 : LlamaBackend.Cpu;

        var error = Assert.Throws<NativeLibraryException>(() => BackendLibraries.Load(other, NullLogger.Instance));

        Assert.Contains("a process of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_device_to_compute_on() => Assert.NotEmpty(NativeDevice.All());

    // Calls with a buffer that goes on behind the struct, and looks how far the library wrote. The System V ABI for x64 passes the place
    // of a returned struct as a hidden first argument, so the function can be called as one that takes a pointer.
    private static int Filled(string function)
    {
        const byte filler = 0xCD;
        var buffer = new byte[1024];
        buffer.AsSpan().Fill(filler);
        Marshal.GetDelegateForFunctionPointer<DefaultsOf>(NativeLibrary.GetExport(NativeLibrary.Load("libllama.so"), function))(buffer);
        return buffer.AsSpan().LastIndexOfAnyExcept(filler) + 1;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint DefaultsOf(byte[] buffer);
}
